// Finds the smallest body that still fails: removes members as long as the failure remains.
import { membersIn, without } from '../../checks/json-pointer.ts';

export interface ShrinkOptions {
  readonly body: unknown;
  /** The body is still valid; checked before it is sent. */
  readonly isValid: (body: unknown) => boolean;
  /** The body still fails. */
  readonly fails: (body: unknown) => Promise<boolean>;
  /** Maximum number of requests. */
  readonly maxTries?: number;
}

export interface Shrunk {
  readonly body: unknown;
  /** Members that are optional in the contract but necessary for the failure: the likely cause. */
  readonly culprits: readonly string[];
}

/** Removes many members at once first, then single ones. */
export async function shrink({ body, isValid, fails, maxTries = 120 }: ShrinkOptions): Promise<Shrunk> {
  let smallest = body;
  let tries = 0;
  const stillFails = async (members: readonly string[]): Promise<boolean> => {
    const candidate = without(smallest, ...members);
    if (members.length === 0 || tries >= maxTries || !isValid(candidate)) return false;
    tries += 1;
    if (!(await fails(candidate))) return false;
    smallest = candidate;
    return true;
  };
  let members = removable(smallest, isValid);
  for (let size = Math.ceil(members.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < members.length; ) {
      if (await stillFails(members.slice(start, start + size))) members = removable(smallest, isValid);
      else start += size;
    }
  }
  return { body: smallest, culprits: removable(smallest, isValid) };
}

function removable(body: unknown, isValid: (body: unknown) => boolean): readonly string[] {
  return membersIn(body).filter((member) => isValid(without(body, member)));
}
