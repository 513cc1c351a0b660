// What the credential flags of a command come to: a token that stays good, and how to reach the service.
import type { DeviceCodeAnswer } from '../../client/identity-wire.ts';
import type { ServiceTransport } from '../../client/node/trusted-transport.ts';
import type { Environment } from '../environment.ts';
import { CliError } from '../terminal/cli-error.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Credentials } from './credentials.ts';
import { createGrant, defaultScopeOf, type GrantParts } from './grant.ts';
import { createRenewingToken, type RenewingToken } from './renewing-token.ts';
import { transportFor } from './tls-trust.ts';

export interface AccessParts {
  readonly terminal: Terminal;
  readonly environment: Environment;
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
  readonly transport: Partial<ServiceTransport>;
  /** Undefined when no credentials were given. */
  readonly renewingToken: RenewingToken | undefined;
}

export interface AccessRequest {
  readonly credentials: Credentials | undefined;
  readonly ca: string | undefined;
  /** Of the service that the token is shown to. */
  readonly url: string;
}

/** With the refresh token that `offline_access` brings, a person signs in only once. */
function renewableScope({ scope, subject }: Credentials): string {
  const requested = scope ?? defaultScopeOf(subject);
  return subject.kind === 'app' || /(^|\s)offline_access(\s|$)/.test(requested) ? requested : `${requested} offline_access`;
}

/** @throws CliError when a file is of no use */
export async function openAccess({ credentials, ca, url }: AccessRequest, { terminal, environment, signal }: AccessParts): Promise<Access> {
  const { env, timer } = environment;
  const transport = await transportFor({ ca, urls: [url, ...(credentials ? [credentials.authority] : [])], env });
  if (!credentials) return { transport: transport, renewingToken: undefined };
  const parts: GrantParts = { fetch: transport.fetch, timer, signal, prompt: createPrompt(terminal) };
  const grant = await createGrant(credentials, parts);
  const scope = renewableScope(credentials);
  return {
    transport: transport,
    renewingToken: createRenewingToken({ requestToken: (refreshToken) => grant.renew(scope, refreshToken), timer }),
  };
}

/** Runs until it is done, or the person quits. @throws CliError then, and what it throws itself */
export async function unlessQuit<T>(terminal: Terminal, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const quitting = new AbortController();
  const stop = terminal.onQuit(() => quitting.abort(new CliError('given up')));
  return run(quitting.signal).finally(stop);
}
