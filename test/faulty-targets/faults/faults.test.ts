// The faulty targets as data: well-formed, enough of them, and spread over requirements, socket rules and hooks.
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../../src/checks/requirement.ts';
import { allFaults } from './all-faults.ts';
import type { FaultyTarget } from './fault.ts';

type Count = ReadonlyMap<string, number>;
const countBy = (namesOf: (fault: FaultyTarget) => readonly string[]): Count => {
  const counts = new Map<string, number>();
  for (const name of allFaults.flatMap(namesOf)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

/** Faults that need each hook, at least: faults of requests, of responses, of messages in both directions, of handshakes. */
const minFaultsByHook = { request: 100, answer: 100, serverMessage: 80, clientMessage: 30, handshake: 20, closing: 10 } as const;

/** Requirements without a faulty target, and the reason. */
const unbroken = {
  'post-priority-default-raw': 'SHOULD: another default is a legal variation',
  batch: 'SHOULD: batching is part of Graph, not of this API alone',
  'post-users': 'SHOULD: an address that the libraries have and the pages do not',
  'post-unknown-subscriptions': 'SHOULD: the sources do not say how it fails',
  'post-older-spellings': 'SHOULD: only pages and libraries of the time have them',
  'post-update': 'SHOULD: D5 is not required',
  'error-codes': 'SHOULD: other codes are a legal variation',
  'error-details': 'SHOULD: leaving details out is a legal variation',
  'subscribe-lifetime': 'SHOULD',
  'republish-after-delete': 'SHOULD: D5 is not required',
  'update-content': 'SHOULD: D5 is not required',
  'first-meant-created': 'SHOULD: another `change` is a legal variation',
  'fallback-toast-again': 'SHOULD: a toast that comes once is a legal variation',
} as const;

describe('the faulty targets', () => {
  it('have unique ids in kebab case', () => {
    const ids = allFaults.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
  });

  it('name requirements of the catalogue, of level MUST', async () => {
    const { get } = await loadCatalogue();
    for (const { id, requirement, also = [] } of allFaults) {
      expect(get(requirement).level, id).toBe('MUST');
      for (const other of also) expect(get(other).id, id).not.toBe(requirement);
    }
  });

  it('describe the fault in one sentence', () => {
    expect(allFaults.filter(({ description }) => !/^[a-z].{8,}[^.]$/.test(description)).map(({ id }) => id)).toEqual([]);
    expect(new Set(allFaults.map(({ description }) => description)).size).toBe(allFaults.length);
  });

  it('are at least 350, with faults of each socket rule and in each kind of hook', () => {
    expect(allFaults.length).toBeGreaterThanOrEqual(350);
    const rules = countBy(({ rule }) => (rule === undefined ? [] : [rule]));
    for (let number = 1; number <= 9; number += 1) expect(rules.get(`R${number}`), `R${number}`).toBeGreaterThanOrEqual(3);
    const hooks = countBy(({ create }) => Object.keys(create()));
    for (const [hook, min] of Object.entries(minFaultsByHook)) expect(hooks.get(hook), hook).toBeGreaterThanOrEqual(min);
  });

  it('break every MUST of the catalogue', async () => {
    const { all } = await loadCatalogue();
    const broken = countBy(({ requirement }) => [requirement]);
    const withoutFault = all.filter(({ id }) => !broken.has(id));
    expect(withoutFault.map(({ id }) => id).sort()).toEqual(Object.keys(unbroken).sort());
    expect(withoutFault.filter(({ level }) => level === 'MUST')).toEqual([]);
  });

  it('make new hooks each time they are created', () => {
    for (const { id, create } of allFaults) {
      const hooks = create();
      expect(Object.keys(hooks).length, id).toBeGreaterThan(0);
      expect(create(), id).not.toBe(hooks);
    }
  });
});
