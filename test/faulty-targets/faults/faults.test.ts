// The mutants as data: well-formed, many enough, and spread over the requirements, the rules and the kinds of fault.
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../../src/checks/requirement.ts';
import { allMutants } from './all-faults.ts';
import type { Mutant } from './fault.ts';

const countBy = (of: (mutant: Mutant) => string | undefined) => {
  const counts = new Map<string, number>();
  for (const mutant of allMutants) {
    const name = of(mutant);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
};

/** Requirements that no mutant breaks, and why not. */
const unbroken = {
  'post-priority-default-raw': 'SHOULD: another default is a legal variation',
  'post-update': 'SHOULD: D5 is not required',
  'error-codes': 'SHOULD: other codes are a legal variation',
  'error-details': 'SHOULD: leaving details out is a legal variation',
  'subscribe-lifetime': 'SHOULD',
  'republish-after-delete': 'SHOULD: D5 is not required',
  'update-content': 'SHOULD: D5 is not required',
  'first-meant-created': 'SHOULD: another `change` is a legal variation',
  'fallback-toast-again': 'SHOULD: a toast that comes once is a legal variation',
} as const;

describe('the mutants', () => {
  it('have an id each, in kebab case', () => {
    const ids = allMutants.map(({ id }) => id);
    expect(ids.filter((id, place) => ids.indexOf(id) !== place)).toEqual([]);
    expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
  });

  it('name requirements of the catalogue, of level MUST', async () => {
    const { get } = await loadCatalogue();
    for (const { id, requirement, also = [] } of allMutants) {
      expect(get(requirement).level, id).toBe('MUST');
      for (const one of also) expect(get(one).id, id).not.toBe(requirement);
    }
  });

  it('say in one sentence what is wrong', () => {
    expect(allMutants.filter(({ says }) => !/^[a-z].{8,}[^.]$/.test(says)).map(({ id }) => id)).toEqual([]);
    expect(new Set(allMutants.map(({ says }) => says)).size).toBe(allMutants.length);
  });

  it('are many enough, of each kind, for each rule, and over several steps', () => {
    expect(allMutants.length).toBeGreaterThanOrEqual(200);
    const rules = countBy(({ rule }) => rule);
    for (let number = 1; number <= 9; number += 1) expect(rules.get(`R${number}`), `R${number}`).toBeGreaterThanOrEqual(3);
    expect(countBy(({ steps }) => steps).get('several')).toBeGreaterThanOrEqual(30);
    for (const kind of ['answer', 'accepts', 'refuses', 'socket'])
      expect(countBy((one) => one.kind).get(kind), kind).toBeGreaterThanOrEqual(20);
  });

  it('break every MUST of the catalogue', async () => {
    const { all } = await loadCatalogue();
    const broken = countBy(({ requirement }) => requirement);
    const left = all.filter(({ id }) => !broken.has(id));
    expect(left.map(({ id }) => id).sort()).toEqual(Object.keys(unbroken).sort());
    expect(left.filter(({ level }) => level === 'MUST')).toEqual([]);
  });

  it('have hooks with a state of their own', () => {
    for (const { id, create } of allMutants) {
      const hooks = create();
      expect(Object.keys(hooks).length, id).toBeGreaterThan(0);
      expect(create(), id).not.toBe(hooks);
    }
  });
});
