// Typed client of the platform's token endpoint, as every app uses it: grants posted as forms, raw answers (F32, F33, F35, F37).
import { readText } from './body.ts';
import type { CallOptions } from './client.ts';
import { connectionError } from './connection-error.ts';
import { waitForDevice } from './device-sign-in.ts';
import {
  type IdentityAnswer,
  isDeviceCodeAnswer,
  isOpenIdConfiguration,
  isTokenAnswer,
  type RawResponse,
  type ResponseExpectation,
  readAnswer,
  refusedHere,
} from './identity-answer.ts';
import type { DeviceCodeAnswer, OpenIdConfiguration, TokenAnswer, TokenRequest } from './identity-wire.ts';
import { type ClientTimer, maxDelayMs, realTimer } from './timer.ts';

/** How a confidential client shows who it is: its secret, or a JWT for this audience that its certificate signs (F33). */
export type ClientAuthentication = { readonly secret: string } | { readonly assertion: (audience: string) => string | Promise<string> };

/** What a token is for: scopes (v2.0), or one resource (v1). */
export type Target = { readonly scope: string } | { readonly resource: string };

/** Options of {@link createIdentityClient}. */
export interface IdentityClientOptions {
  /** Where a tenant signs in, e.g. `https://login.microsoftonline.com/<tenant>` or `https://localhost:4281/contoso.example`. */
  readonly authority: string;
  readonly clientId: string;
  /** Default: none, a public client. Never printed. */
  readonly authentication?: ClientAuthentication | undefined;
  /** Default 2.0. */
  readonly version?: '1.0' | '2.0';
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
  /** Milliseconds to wait for a whole answer. Default 30,000. */
  readonly timeoutMs?: number;
  /** Default: real time. */
  readonly timer?: ClientTimer;
}

type Call = Pick<CallOptions, 'signal'>;

/**
 * One client of one tenant. No method throws on a refusal: it is an answer too. All throw ConnectionError when the line fails,
 * and what a call's signal was aborted with.
 */
export interface IdentityClient {
  /** Where everything is; read once. */
  metadata(call?: Call): Promise<IdentityAnswer<OpenIdConfiguration>>;
  /** F32: a token of the client itself. */
  clientCredentials(target: Target, call?: Call): Promise<IdentityAnswer<TokenAnswer>>;
  /** F35: a token for a user whose password is known. */
  password(
    user: { readonly username: string; readonly password: string },
    target: Target,
    call?: Call,
  ): Promise<IdentityAnswer<TokenAnswer>>;
  /** F35: a new token for an earlier sign-in. */
  refresh(refreshToken: string, target: Target, call?: Call): Promise<IdentityAnswer<TokenAnswer>>;
  /** F37: a code that a person types elsewhere. */
  startDeviceSignIn(scope: string, call?: Call): Promise<IdentityAnswer<DeviceCodeAnswer>>;
  /** F37: waits for that person. */
  finishDeviceSignIn(started: DeviceCodeAnswer, call?: Call): Promise<IdentityAnswer<TokenAnswer>>;
}

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** Tokens and metadata have a few kilobytes. */
const maxResponseBytes = 1_048_576;
/** Members of a form that are never told again. */
const secretMembers = ['client_secret', 'client_assertion', 'password', 'refresh_token', 'device_code'];

/** @throws TypeError when it is no http or https URL with a tenant */
export function authorityOf(text: string): string {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || `${parsed.username}${parsed.password}` !== '') {
    throw new TypeError('An authority is an http or https URL with a tenant, and without a password.');
  }
  // Issuers and metadata addresses are pasted as authorities, too.
  const path = parsed.pathname
    .replace(/\/\.well-known\/openid-configuration$/, '')
    .replace(/\/+$/, '')
    .replace(/\/v2\.0$/, '');
  if (path === '') throw new TypeError(`An authority names a tenant: ${parsed.origin}/<tenant>.`);
  return `${parsed.origin}${path}`;
}

interface FormTransport {
  send(url: string, form: Readonly<Record<string, string>> | undefined, call: Call | undefined): Promise<RawResponse>;
}

function createTransport({ fetch: request = fetch, timeoutMs = 30_000 }: IdentityClientOptions): FormTransport {
  return {
    async send(url, form, call) {
      const timeout = AbortSignal.timeout(Math.min(timeoutMs, maxDelayMs));
      const posted = form && {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form).toString(),
      };
      try {
        const response = await request(url, {
          ...(posted ?? { method: 'GET', headers: { accept: 'application/json' } }),
          // A redirect would carry the secret to a stranger.
          redirect: 'manual',
          signal: call?.signal ? AbortSignal.any([call.signal, timeout]) : timeout,
        });
        return {
          status: response.status,
          headers: Object.fromEntries(response.headers),
          body: jsonOf(await readText(response, maxResponseBytes)),
        };
      } catch (error) {
        call?.signal?.throwIfAborted();
        throw connectionError(new URL(url).origin, error);
      }
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text === '' ? undefined : text;
  }
}

/** What is posted but for who posts it. */
type Grant = Readonly<Partial<Record<Exclude<keyof TokenRequest, 'client_id' | 'client_secret'>, string>>> &
  Pick<TokenRequest, 'grant_type'>;

/**
 * A client of the identity platform, the real one or an emulated one; everything is found by its metadata.
 * @throws TypeError when `authority` is no http or https URL with a tenant
 */
export function createIdentityClient(options: IdentityClientOptions): IdentityClient {
  const { clientId, authentication, version = '2.0', timer = realTimer } = options;
  const authority = authorityOf(options.authority);
  const transport = createTransport(options);
  const metadataUrl = `${authority}${version === '2.0' ? '/v2.0' : ''}/.well-known/openid-configuration`;
  let known: IdentityAnswer<OpenIdConfiguration> | undefined;

  async function metadata(call?: Call): Promise<IdentityAnswer<OpenIdConfiguration>> {
    if (known) return known;
    const expectation: ResponseExpectation = { what: `metadata (${metadataUrl})`, secrets: [] };
    const answer = readAnswer(await transport.send(metadataUrl, undefined, call), isOpenIdConfiguration, expectation);
    if (answer.outcome === 'granted') known = answer;
    return answer;
  }

  /** A secret that is meant for https is not sent in the clear, whatever the metadata says. */
  async function endpoint(name: 'token_endpoint' | 'device_authorization_endpoint', call: Call | undefined) {
    const found = await metadata(call);
    if (found.outcome === 'refused') return found;
    const url: unknown = found.body[name];
    if (typeof url !== 'string' || !URL.canParse(url)) return refusedHere('invalid_metadata', `The metadata names no ${name}.`);
    const isSafe = new URL(url).protocol === 'https:' || new URL(url).protocol === new URL(authority).protocol;
    return isSafe ? url : refusedHere('invalid_metadata', `The metadata of ${authority} names a ${name} that is not https.`);
  }

  async function authenticationParameters(audience: string): Promise<Readonly<Record<string, string>>> {
    if (!authentication) return {};
    if ('secret' in authentication) return { client_secret: authentication.secret };
    return { client_assertion_type: assertionType, client_assertion: await authentication.assertion(audience) };
  }

  async function token(grant: Grant, call: Call | undefined): Promise<IdentityAnswer<TokenAnswer>> {
    const url = await endpoint('token_endpoint', call);
    if (typeof url !== 'string') return url;
    const form: Record<string, string> = { client_id: clientId, ...grant, ...(await authenticationParameters(url)) };
    const secrets = secretMembers.flatMap((name) => form[name] ?? []);
    return readAnswer(await transport.send(url, form, call), isTokenAnswer, { what: 'token answer', secrets });
  }

  return {
    metadata,
    clientCredentials: (target, call) => token({ grant_type: 'client_credentials', ...target }, call),
    password: ({ username, password }, target, call) => token({ grant_type: 'password', username, password, ...target }, call),
    refresh: (refreshToken, target, call) => token({ grant_type: 'refresh_token', refresh_token: refreshToken, ...target }, call),
    async startDeviceSignIn(scope, call) {
      const url = await endpoint('device_authorization_endpoint', call);
      if (typeof url !== 'string') return url;
      const answer = await transport.send(url, { client_id: clientId, scope }, call);
      return readAnswer(answer, isDeviceCodeAnswer, { what: 'device code', secrets: [] });
    },
    finishDeviceSignIn(started, call) {
      const grant: Grant = { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: started.device_code };
      return waitForDevice(started, () => token(grant, call), { timer, signal: call?.signal });
    },
  };
}
