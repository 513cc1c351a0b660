// Checks that JSON values have the members that a client needs; conformance to the documents is checked elsewhere.
import { memberOf } from '../values/json.ts';

export type MemberCheck = (value: unknown) => boolean;
/** Checks by path: `payload/rawContent`. */
export type Shape = Readonly<Record<string, MemberCheck>>;

export const isText: MemberCheck = (value) => typeof value === 'string';
export const isFlag: MemberCheck = (value) => typeof value === 'boolean';
export const isNumber: MemberCheck = (value) => typeof value === 'number';

/** Returns the path of the first member that is missing or has the wrong type; undefined if all are valid. */
export function wrongMember(value: unknown, shape: Shape): string | undefined {
  return Object.entries(shape).find(([path, check]) => !check(memberOf(value, ...path.split('/'))))?.[0];
}
