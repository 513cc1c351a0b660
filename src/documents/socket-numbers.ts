// Reads the limits and close codes of the device socket from the AsyncAPI document.

import { jsonObjectOf } from '../values/json.ts';
import { DocumentError } from './document-error.ts';
import type { Document } from './documents.ts';

const limitNames = [
  'maxMessageBytes',
  'maxEmbeddedBytes',
  'maxUnsentBytes',
  'stallSeconds',
  'heartbeatSeconds',
  'missedHeartbeats',
  'invalidMessagesInARow',
] as const;
const closeCodeNames = [
  'goingAway',
  'binaryMessage',
  'tooManyInvalid',
  'messageTooBig',
  'serverFault',
  'tooSlow',
  'tokenExpired',
  'replaced',
  'subscriptionGone',
] as const;

export type SocketLimits = Readonly<Record<(typeof limitNames)[number], number>>;
export type CloseCodes = Readonly<Record<(typeof closeCodeNames)[number], number>>;

/** @throws DocumentError */
export const limitsOf = (document: Document): SocketLimits => numbersOf(document, limits, limitNames);
/** @throws DocumentError */
export const closeCodesOf = (document: Document): CloseCodes => numbersOf(document, closeCodes, closeCodeNames);

interface Section {
  readonly section: string;
  readonly member: string;
  readonly range: { readonly description: string; readonly includes: (value: number) => boolean };
}

const limits: Section = {
  section: 'x-limits',
  member: 'value',
  // Timers and the WebSocket library use 31-bit integers.
  range: { description: 'above 0 and at most 2147483647', includes: (value) => value > 0 && value <= 0x7fff_ffff },
};
const closeCodes: Section = {
  section: 'x-close-codes',
  member: 'code',
  range: { description: 'a close code that may be sent: 1000 to 1003, 1007 to 1014, or 3000 to 4999', includes: isSendable },
};

/** RFC 6455, 7.4: some codes are reserved and never sent. */
function isSendable(code: number): boolean {
  if (!Number.isInteger(code)) return false;
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

function numbersOf<Name extends string>(
  document: Document,
  { section, member, range }: Section,
  names: readonly Name[],
): Readonly<Record<Name, number>> {
  const entries = names.map((name) => {
    const value = jsonObjectOf(jsonObjectOf(document.tree[section])[name])[member];
    const location = `#/${section}/${name}/${member}`;
    if (typeof value !== 'number') throw new DocumentError(document.file, location, 'is missing, or not a number');
    if (!range.includes(value)) throw new DocumentError(document.file, location, `must be ${range.description}`);
    return [name, value] as const;
  });
  return Object.fromEntries(entries) as Record<Name, number>;
}
