// Turns a command's credential options into a token that is renewed automatically and a transport to the service.
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
  /** Aborts a sign-in. */
  readonly signal: AbortSignal;
}

/** Prints on stderr where to sign in: stdout is reserved for the command's output. */
export function createPrompt({ err }: Terminal): (started: DeviceCodeAnswer) => void {
  return ({ verification_uri: uri, user_code: code }) => {
    const { bold } = err.colors;
    err.print([`To sign in, open ${bold(uri)} and enter the code ${bold(code)}. Press Ctrl-C to cancel.`]);
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
  /** URL of the service that receives the token. */
  readonly url: string;
}

/** `offline_access` yields a refresh token, with which a user signs in only once. */
function renewableScope({ scope, subject }: Credentials): string {
  const requested = scope ?? defaultScopeOf(subject);
  return subject.kind === 'app' || /(^|\s)offline_access(\s|$)/.test(requested) ? requested : `${requested} offline_access`;
}

/** @throws CliError when a file cannot be used */
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

/** Runs to completion, or until the user quits. @throws CliError when the user quits, and what `run` throws */
export async function unlessQuit<T>(terminal: Terminal, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const quitting = new AbortController();
  const stop = terminal.onQuit(() => quitting.abort(new CliError('cancelled')));
  return run(quitting.signal).finally(stop);
}
