// What a mutant is: an implementation with one fault, the requirement that it breaks, and what it takes to see it.
import type { EmulatorOptions } from '../../../src/emulator.ts';
import type { Hooks } from '../wire/hooks.ts';

export interface Mutant {
  readonly id: string;
  /** Id in openapi/requirements.yaml. */
  readonly requirement: string;
  /** Requirements that are broken by the same fault and name it as well. */
  readonly also?: readonly string[];
  /** What is wrong, in one sentence about the implementation. */
  readonly says: string;
  readonly kind: 'answer' | 'accepts' | 'refuses' | 'socket';
  /** The rule of the socket (docs/facts.md) that is broken. */
  readonly rule?: 'R1' | 'R2' | 'R3' | 'R4' | 'R5' | 'R6' | 'R7' | 'R8' | 'R9';
  /** `clock`: seen only when the service clock can be moved; `slow`: takes seconds of real time. */
  readonly needs?: 'clock' | 'slow';
  /** `several`: one request, or one device, does not show it. */
  readonly steps: 'one' | 'several';
  /** What the emulator behind it is started with. */
  readonly options?: EmulatorOptions;
  /** Hooks with a state of their own. */
  readonly create: () => Hooks;
}
