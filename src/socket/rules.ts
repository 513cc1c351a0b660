// What the device document tells the socket layer: limits, close codes, and the judgement of messages.
import type { Fault } from '../domain/errors.ts';
import type { components } from '../spec/devices.gen.ts';

export type ClientMessage = components['schemas']['Ack'];
export type CloseName =
  | 'goingAway'
  | 'binaryMessage'
  | 'tooManyInvalid'
  | 'messageTooBig'
  | 'serverFault'
  | 'tooSlow'
  | 'tokenExpired'
  | 'replaced'
  | 'subscriptionGone';
export type LimitName =
  | 'maxMessageBytes'
  | 'maxEmbeddedBytes'
  | 'maxUnsentBytes'
  | 'stallSeconds'
  | 'heartbeatSeconds'
  | 'missedHeartbeats'
  | 'invalidMessagesInARow';

export interface SocketRules {
  readonly limits: Readonly<Record<LimitName, number>>;
  readonly closeCodes: Readonly<Record<CloseName, number>>;
  readonly parseClientMessage: (
    text: string,
  ) => { readonly ok: true; readonly message: ClientMessage } | { readonly ok: false; readonly faults: readonly Fault[] };
  readonly checkServerMessage: (message: unknown) => readonly Fault[];
}
