// A faulty target: an implementation with one fault, the requirement that the fault breaks, and what is needed to detect it.
import type { EmulatorOptions } from '../../../src/emulator.ts';
import type { Hooks } from '../wire/hooks.ts';

export interface FaultyTarget {
  readonly id: string;
  /** Id in openapi/requirements.yaml. */
  readonly requirement: string;
  /** Further requirements that the same fault breaks as directly; a failure of any of them counts as detection. */
  readonly also?: readonly string[];
  /** The fault, as a sentence whose subject is the implementation. */
  readonly description: string;
  /** The rule of the socket (docs/facts.md) that is broken. */
  readonly rule?: 'R1' | 'R2' | 'R3' | 'R4' | 'R5' | 'R6' | 'R7' | 'R8' | 'R9';
  /** `clock`: detected only if the service clock can be moved; `slow`: takes seconds of real time. */
  readonly needs?: 'clock' | 'slow';
  /** Options of the emulator behind the wire. */
  readonly options?: EmulatorOptions;
  /** Each call makes hooks with their own state. */
  readonly create: () => Hooks;
}
