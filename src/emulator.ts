// The composition root: puts one emulator together from its parts, starts it and stops it.
import { createEmulatorCore, type EmulatorCore } from './emulator/core.ts';
import { createEdges } from './emulator/edges.ts';
import type { Emulator } from './emulator/emulator-face.ts';
import type { EmulatorOptions } from './emulator/emulator-options.ts';
import { createFoundation, type EmulatorParts, type Foundation } from './emulator/foundation.ts';
import { httpsFaultOf } from './emulator/https-options.ts';
import { type Servers, startServers } from './emulator/servers.ts';
import { createCallers } from './identity/callers.ts';
import { optionProblem, StartError } from './runtime/start-options.ts';

export type { Emulator } from './emulator/emulator-face.ts';
export type { EmulatorOptions } from './emulator/emulator-options.ts';
export type { EmulatorParts } from './emulator/foundation.ts';
export type { HttpsOptions } from './emulator/https-options.ts';

/** As the control surface has it. */
const maxSeconds = 31_536_000;

/**
 * Starts an emulator in this process. Several live side by side and know nothing of each other.
 * @throws StartError, DocumentError, SeedError, KeySetError
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  return composeEmulator(options, {});
}

export async function composeEmulator(options: EmulatorOptions, parts: Partial<EmulatorParts>): Promise<Emulator> {
  const fault = optionProblem(options) ?? httpsFaultOf(options);
  if (fault !== undefined) throw new StartError(fault);
  const foundation = await createFoundation(options, parts);
  try {
    return await startOn(foundation, options, parts);
  } catch (error) {
    // What kept it from starting is what matters to the caller.
    await foundation.stores.close().catch(foundation.onError);
    throw error;
  }
}

async function startOn(foundation: Foundation, options: EmulatorOptions, parts: Partial<EmulatorParts>): Promise<Emulator> {
  const { spec, clock, timer, realNow, ids, signals, stores, log } = foundation;
  const lifetimes = spec.identityLifetimes;
  const callers = await createCallers(options, { ...parts, grants: stores.grants, clock, realNow, ids, lifetimes, warn: log.warn });
  const core = createEmulatorCore(options, foundation, callers.registry);
  const { scheduler } = core;
  let isDraining = false;
  const reset = () =>
    scheduler.replace(async () => {
      await stores.reset();
      callers.reset();
      signals.publish({ kind: 'reset' });
      clock.reset();
    });
  const advance = (seconds: number) => scheduler.advance(seconds * 1000);
  const serve = async () => {
    const edges = createEdges(options, { foundation, core, callers, control: { reset, advance }, draining: () => isDraining });
    return startServers(options, { ...edges, timer, realNow, log });
  };
  const servers = await serve().catch(async (error: unknown) => {
    await stopCore(core);
    throw error;
  });
  let stopped: Promise<void> | undefined;
  return {
    url: servers.url,
    httpsUrl: servers.httpsUrl,
    caFile: servers.caFile,
    advance: async (seconds) => {
      if (!(seconds >= 0 && seconds <= maxSeconds))
        throw new RangeError(`seconds: expected a number from 0 to ${maxSeconds}, not ${seconds}`);
      if (isDraining) throw new Error('The emulator has been stopped.');
      await advance(seconds);
    },
    reset,
    stop: () => {
      isDraining = true;
      stopped ??= stopAll(foundation, core, servers);
      return stopped;
    },
  };
}

/** Devices go first, the stores last: until then something may still be written to them. */
async function stopAll({ stores, log }: Foundation, core: EmulatorCore, servers: Servers): Promise<void> {
  const { hub, scheduler, activity } = core;
  const sockets = hub.count();
  hub.closeAll();
  await scheduler.stop();
  await servers.stop(hub.stop);
  await stopCore(core);
  await activity?.flush();
  await stores.close();
  log.events?.write({ event: 'stopped', sockets });
}

async function stopCore({ hub, scheduler }: EmulatorCore): Promise<void> {
  hub.stop();
  await scheduler.stop();
  await hub.settled();
}
