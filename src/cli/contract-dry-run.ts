// Shows what a contract run would send, and sends nothing.

import { allCases } from '../contract/run.ts';
import { selectCases } from '../contract/select.ts';
import type { ContractFlags } from './contract-flags.ts';
import type { Terminal } from './terminal.ts';
import { safeLine } from './terminal-text.ts';

/** One line a case: its id, its requirement, and the requests that are known before the run. */
export async function dryRun({ spec, randomSeed, only, skip, grep }: ContractFlags, terminal: Terminal): Promise<void> {
  const all = await allCases({ ...(spec ? { spec } : {}), ...(randomSeed === undefined ? {} : { randomSeed }) });
  const cases = selectCases(all, { ...(only ? { only } : {}), ...(skip ? { skip } : {}), ...(grep === undefined ? {} : { grep }) });
  const { bold, dim } = terminal.outColors;
  for (const { id, requirement, title, preview } of cases) {
    terminal.out(`${bold(safeLine(id))}  ${safeLine(title)}  ${dim(safeLine(requirement))}\n`);
    for (const { method, path, json, bytes } of preview ?? []) {
      const body = json === undefined ? (bytes === undefined ? '' : ` (${bytes.length} bytes)`) : ` ${JSON.stringify(json).slice(0, 200)}`;
      terminal.out(`    ${safeLine(`${method} ${path}${body}`)}\n`);
    }
    if (preview === undefined) terminal.out(`    ${dim('several steps that depend on answers')}\n`);
  }
  terminal.out(`\n${cases.length} cases; nothing was sent.\n`);
}
