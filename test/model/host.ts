// Starts the emulators that the runs of one test file share, one for each way of pushing.
import { afterAll } from 'vitest';
import { type Emulator, startEmulator } from '../../src/index.ts';
import { createControl } from './service-calls.ts';
import type { PushMode } from './steps.ts';
import type { Host } from './world.ts';

/** Call it once at the head of a test file. */
export function useHosts(): (push: PushMode) => Promise<Host> {
  const started: Promise<Emulator>[] = [];
  const hosts = new Map<PushMode, Promise<Host>>();
  afterAll(async () => {
    for (const emulator of started) await (await emulator).stop();
  });
  async function start(push: PushMode): Promise<Host> {
    const starting = startEmulator({ push, validateResponses: true });
    started.push(starting);
    const { url } = await starting;
    let runs = 0;
    return {
      url,
      control: createControl(url),
      nextRun: () => {
        runs += 1;
        return `run${runs}`;
      },
    };
  }
  return (push) => {
    const known = hosts.get(push) ?? start(push);
    hosts.set(push, known);
    return known;
  };
}
