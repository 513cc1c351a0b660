// Runs flows of real client libraries in a child process that can reach nothing but this machine.
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import type { Setting } from './flows/flow.ts';

export interface FlowError {
  readonly name?: string;
  readonly message: string;
  readonly [member: string]: unknown;
}

export interface FlowResults {
  readonly results: Readonly<Record<string, { readonly ok?: unknown; readonly error?: FlowError }>>;
  /** Connections and name look-ups that were refused. */
  readonly tried: readonly string[];
}

const guard = fileURLToPath(new URL('./loopback-only.mjs', import.meta.url));

/** @param caFile the authority that signed the emulator's certificate */
export async function runFlows(caFile: string, setting: Setting, names: readonly string[]): Promise<FlowResults> {
  const child = spawn(process.execPath, ['--import', guard, inject('programs').flows, ...names], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: caFile, FLOW_SETTING: JSON.stringify(setting), NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const line = out.split('\n').findLast((one) => one.startsWith('{"results"'));
  if (line === undefined) throw new Error(`The flows ended without a result.\n${out}\n${errors}`);
  return JSON.parse(line) as FlowResults;
}
