// The part of the device document that the connections keep to: limits, close codes, and the judgement of messages.
import type { CloseCodes } from '../documents/socket-numbers.ts';
import type { SocketSpec } from '../documents/socket-spec.ts';

export type CloseName = keyof CloseCodes;
export type SocketRules = Pick<SocketSpec, 'limits' | 'closeCodes' | 'parseClientMessage' | 'checkServerMessage'>;
