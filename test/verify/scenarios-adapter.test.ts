// The example of docs/adapter.md: a module for another protocol, through which the fan-out scenarios run.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/contract/engine/events.ts';
import type { CreateAdapter } from '../../src/contract/target/adapter.ts';
import { outcomeText, useScenarioRuns } from '../contract/scenario-runs.ts';

const runs = useScenarioRuns();
const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

async function exampleAdapter(): Promise<CreateAdapter> {
  const page = await readFile(new URL('../../docs/adapter.md', import.meta.url), 'utf8');
  const [, code = ''] = /```js\n(.*?)```/s.exec(page) ?? [];
  const folder = await mkdtemp(join(tmpdir(), 'unsid-adapter-'));
  folders.push(folder);
  await writeFile(join(folder, 'target.mjs'), code);
  const module: { readonly createAdapter: CreateAdapter } = await import(pathToFileURL(join(folder, 'target.mjs')).href);
  return module.createAdapter;
}

describe('the adapter of docs/adapter.md', () => {
  it('lets every scenario of the fan-out run that needs neither a clock nor minutes', async () => {
    const only = ['fan-out', 'fan-out-isolated', 'fan-out-content', 'targeting', 'web-raw-only', 'change-to-others', 'deletion-to-others'];
    const outcomes = await runs.judge({ adapter: await exampleAdapter(), only: [...only, 'redelivery', 'start-at-head', 'once'] });
    const scenarios = outcomes.filter(({ case: { origin } }) => origin === 'scenario');
    expect(scenarios.length).toBeGreaterThan(25);
    const isSlow = ({ reason = '' }: Outcome) => reason.includes('--slow');
    expect(scenarios.filter((one) => one.kind !== 'pass' && !isSlow(one)).map(outcomeText)).toEqual([]);
  });

  it('has cases of the device socket itself skipped, with the reason', async () => {
    const outcomes = await runs.judge({ adapter: await exampleAdapter(), only: ['replaced', 'handshake-token'] });
    expect(new Set(outcomes.map(({ kind, reason }) => `${kind}: ${reason}`))).toEqual(
      new Set(['skip: the devices of this target speak another protocol (--adapter)']),
    );
  });
});

describe('the page', () => {
  it('has every operation of the port', async () => {
    const page = await readFile(new URL('../../docs/adapter.md', import.meta.url), 'utf8');
    const source = await readFile(new URL('../../src/contract/target/adapter.ts', import.meta.url), 'utf8');
    const [, port = ''] = /export interface DeviceAdapter \{(.*?)\n\}/s.exec(source) ?? [];
    const operations = [...port.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name);
    expect(operations.length).toBe(7);
    for (const name of operations) expect(page).toContain(`| \`${name}(`);
  });
});
