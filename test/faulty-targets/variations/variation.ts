// What a legal variation is: another implementation, and the sentence that allows it.
import type { EmulatorOptions } from '../../../src/emulator.ts';
import type { Hooks } from '../wire/hooks.ts';

export interface Variation {
  readonly id: string;
  readonly description: string;
  /** The sentence that allows it, and where it is written. */
  readonly allowedBy: string;
  /** Requirements that it does not keep; each is a SHOULD. */
  readonly departs?: readonly string[];
  readonly options?: EmulatorOptions;
  /** So far is the service clock moved before anybody comes. */
  readonly advanceSeconds?: number;
  readonly create: () => Hooks;
}
