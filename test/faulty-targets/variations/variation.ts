// A legal variation: another valid implementation, and the sentence that allows it.
import type { EmulatorOptions } from '../../../src/emulator.ts';
import type { Hooks } from '../wire/hooks.ts';

export interface Variation {
  readonly id: string;
  readonly description: string;
  /** The sentence that allows it, with its source. */
  readonly allowedBy: string;
  /** Requirements that it does not fulfil; each is a SHOULD. */
  readonly departs?: readonly string[];
  readonly options?: EmulatorOptions;
  /** How far the service clock is moved before the first request. */
  readonly advanceSeconds?: number;
  readonly create: () => Hooks;
}
