// Reads the lifetimes of tokens, codes and sessions from the identity document.
import type { IdentityLifetimes } from '../domain/ports.ts';
import { jsonObjectOf, textOf } from '../values/json.ts';
import { DocumentError } from './document-error.ts';
import type { Document } from './documents.ts';
import { durationMs } from './iso-duration.ts';

const names = ['accessToken', 'authorizationCode', 'refreshToken', 'deviceCode', 'deviceCodeInterval', 'session'] as const;

/** @throws DocumentError when a lifetime is missing or is not a duration of at least one second */
export function identityLifetimesOf({ file, tree }: Document): IdentityLifetimes {
  const given = jsonObjectOf(tree['x-lifetimes']);
  const entries = names.map((name) => {
    const ms = durationMs(textOf(jsonObjectOf(given[name])['value']) ?? '');
    if (ms !== undefined && ms >= 1000) return [name, ms] as const;
    throw new DocumentError(file, `#/x-lifetimes/${name}/value`, 'is missing, or not a duration of a second or more');
  });
  return Object.fromEntries(entries) as Record<(typeof names)[number], number>;
}
