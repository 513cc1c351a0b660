// What commands take from the process beside the terminal: environment and time, so that tests can bring their own.
import type { ClientTimer } from '../client/timer.ts';
import { realTimer } from '../client/timer.ts';

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timer: ClientTimer;
}

export const processSurroundings = (): Surroundings => ({ env: process.env, timer: realTimer });
