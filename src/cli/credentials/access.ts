// What the credential flags of a command come to: a token that stays good, and how to reach the service.
import type { DeviceCodeAnswer } from '../../client/identity-wire.ts';
import type { ServiceLine } from '../../client/node/service-line.ts';
import type { Surroundings } from '../surroundings.ts';
import { Failure } from '../terminal/failure.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Credentials } from './credentials.ts';
import { createGrant, defaultScopeOf, type GrantParts } from './grant.ts';
import { createRenewingToken, type RenewingToken } from './renewing-token.ts';
import { trustedLine } from './trusted-line.ts';

export interface AccessParts {
  readonly terminal: Terminal;
  readonly surroundings: Surroundings;
  /** Gives a sign-in up. */
  readonly signal: AbortSignal;
}

/** Tells on stderr where to sign in: stdout is for what the command prints. */
export function createPrompt({ err }: Terminal): (started: DeviceCodeAnswer) => void {
  return ({ verification_uri: uri, user_code: code }) => {
    const { bold } = err.colors;
    err.print([`To sign in, open ${bold(uri)} and enter the code ${bold(code)}. Ctrl-C gives up.`]);
  };
}

export interface Access {
  readonly line: Partial<ServiceLine>;
  /** Undefined when no credentials were given. */
  readonly held: RenewingToken | undefined;
}

export interface Wanted {
  readonly credentials: Credentials | undefined;
  readonly ca: string | undefined;
  /** Of the service that the token is shown to. */
  readonly url: string;
}

/** With the refresh token that `offline_access` brings, a person signs in only once. */
function renewableScope({ scope, whose }: Credentials): string {
  const asked = scope ?? defaultScopeOf(whose);
  return whose.kind === 'app' || /(^|\s)offline_access(\s|$)/.test(asked) ? asked : `${asked} offline_access`;
}

/** @throws Failure when a file is of no use */
export async function openAccess({ credentials, ca, url }: Wanted, { terminal, surroundings, signal }: AccessParts): Promise<Access> {
  const { env, timer } = surroundings;
  const line = await trustedLine({ ca, urls: [url, ...(credentials ? [credentials.authority] : [])], env });
  if (!credentials) return { line, held: undefined };
  const parts: GrantParts = { fetch: line.fetch, timer, signal, prompt: createPrompt(terminal) };
  const grant = await createGrant(credentials, parts);
  const scope = renewableScope(credentials);
  return { line, held: createRenewingToken({ ask: (refreshToken) => grant.renew(scope, refreshToken), timer }) };
}

/** Runs until it is done, or the person quits. @throws Failure then, and what it throws itself */
export async function unlessQuit<T>(terminal: Terminal, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const quitting = new AbortController();
  const stop = terminal.onQuit(() => quitting.abort(new Failure('given up')));
  return run(quitting.signal).finally(stop);
}
