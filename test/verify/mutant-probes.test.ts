// Each mutant that the suite does not catch yet can be told from the emulator, and the emulator not from itself: what is compared is all that can be seen.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadSpec } from '../../src/spec/spec.ts';
import { allMutants } from '../mutants/all-mutants.ts';
import { devices } from '../mutants/batteries/devices.ts';
import { due } from '../mutants/batteries/due.ts';
import { graph } from '../mutants/batteries/graph.ts';
import { history } from '../mutants/batteries/history.ts';
import type { Mutant } from '../mutants/mutant.ts';
import { transcribe } from '../mutants/probe.ts';

const batteries = { graph, history, devices, due };
type Name = keyof typeof batteries;
const spec = loadSpec();
const plain = new Map<Name, Promise<readonly string[]>>();

function plainly(name: Name): Promise<readonly string[]> {
  const known = plain.get(name) ?? spec.then((loaded) => transcribe({ battery: batteries[name], spec: loaded }));
  plain.set(name, known);
  return known;
}

/** Where the fault is most likely to show. */
function orderFor({ kind, needs, rule }: Mutant): readonly Name[] {
  if (needs === 'clock') return ['due'];
  if (kind === 'socket' || rule !== undefined) return ['devices', 'history', 'graph'];
  return ['graph', 'history', 'devices'];
}

/** Whatever the suite catches (mutants.test.ts) differs; the others must be shown to. */
const missed = parse(readFileSync(new URL('./mutants/missed.yaml', import.meta.url), 'utf8')) as readonly { readonly id: string }[];
/** It shows only to a device that leaves a message unacknowledged for a while, and the batteries leave none; test/mutants/lines.test.ts shows it. */
const shownElsewhere = 'once-retried';
const unproved = allMutants.filter(({ id, needs }) => needs !== 'slow' && id !== shownElsewhere && missed.some((one) => one.id === id));

describe('the emulator behind a wire', () => {
  it.each(Object.keys(batteries) as Name[])('does the same again: %s', async (name) => {
    const probe = { battery: batteries[name], spec: await spec };
    const lines = await plainly(name);
    expect(lines.filter((line) => /^(ended|failed)/.test(line))).toEqual([]);
    expect(await transcribe(probe)).toEqual(lines);
    expect(await transcribe({ ...probe, hooks: { serverMessage: () => undefined, request: (request) => request } })).toEqual(lines);
  });
});

describe('a mutant that is missed', () => {
  it.each(unproved.map((mutant) => [mutant.id, mutant] as const))('%s differs from the emulator', async (_id, mutant) => {
    for (const name of orderFor(mutant)) {
      const expected = await plainly(name);
      const lines = await transcribe({ battery: batteries[name], spec: await spec, hooks: mutant.create(), expected });
      expect(lines.filter((line) => line.startsWith('failed'))).toEqual([]);
      if (lines.join('\n') !== expected.join('\n')) return;
    }
    throw new Error('no difference was seen');
  });
});
