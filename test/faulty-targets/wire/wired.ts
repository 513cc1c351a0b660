// Starts wires for tests, with a test clock and the helpers that other tests use with the emulator itself.
import { afterAll, afterEach, expect } from 'vitest';
import { loadSpec } from '../../../src/documents/spec.ts';
import type { Clock } from '../../../src/domain/ports.ts';
import type { EmulatorOptions } from '../../../src/emulator.ts';
import { operate, type TestEmulator } from '../../support/emulator.ts';
import type { SocketDevice } from '../../support/socket-device.ts';
import { createTestClock } from '../../support/time.ts';
import type { Hooks } from './hooks.ts';
import { type StartedWire, startWire } from './wire.ts';

export interface Wired extends TestEmulator {
  readonly started: StartedWire;
}

export type StartWired = (hooks?: Hooks, options?: EmulatorOptions, clock?: Clock) => Promise<Wired>;

const shipped = loadSpec();

/** Call it once at the top of a test file; wires are stopped at the end of each test, or of the file. */
export function useWires(scope: 'test' | 'file' = 'test'): StartWired {
  const running: StartedWire[] = [];
  const devices: SocketDevice[] = [];
  const stopAll = async () => {
    for (const device of devices.splice(0)) device.terminate();
    await Promise.all(running.splice(0).map((one) => one.stop()));
  };
  afterEach(async () => {
    const errors = running.flatMap((one) => one.errors);
    if (scope === 'test') await stopAll();
    expect(errors, 'nothing failed on the wire').toEqual([]);
  });
  if (scope === 'file') afterAll(stopAll);
  return async (hooks = {}, options = {}, clock = createTestClock()) => {
    const started = await startWire({ hooks, options, parts: { spec: await shipped, clock } });
    running.push(started);
    const operations = operate(started.url, (device) => devices.push(device));
    return { ...operations, started, emulator: started.emulator, clock, violations: [], errors: [] };
  };
}
