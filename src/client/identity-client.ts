// Typed client of the identity platform: posts grants as forms and returns raw responses (F32, F33, F35, F37).
import { jsonOrText } from '../values/json.ts';
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
import { startTimeout } from './timeout.ts';
import { type ClientTimer, maxDelayMs, realTimer } from './timer.ts';

/** How a confidential client authenticates: its secret, or a JWT for the audience signed with its certificate (F33). */
export type ClientAuthentication = { readonly secret: string } | { readonly assertion: (audience: string) => string | Promise<string> };

/** What to request a token for: scopes (v2.0), or one resource (v1). */
export type Target = { readonly scope: string } | { readonly resource: string };

/** Options of {@link createIdentityClient}. */
export interface IdentityClientOptions {
  /** Authority URL of a tenant, e.g. `https://login.microsoftonline.com/<tenant>` or `https://localhost:4281/contoso.example`. */
  readonly authority: string;
  readonly clientId: string;
  /** Default: none, for a public client. Never printed. */
  readonly authentication?: ClientAuthentication | undefined;
  /** Default 2.0. */
  readonly version?: '1.0' | '2.0';
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
  /** Timeout for the complete response in milliseconds. Default 30,000. */
  readonly timeoutMs?: number;
  /** Default: real time. */
  readonly timer?: ClientTimer;
}

type Call = Pick<CallOptions, 'signal'>;

/**
 * One client of one tenant. No method throws on a refusal; it is returned. All throw ConnectionError when the connection fails,
 * and the abort reason of a call's signal.
 */
export interface IdentityClient {
  /** The OpenID configuration; requested once. */
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
  /** F37: requests a code that the user enters on another device. */
  startDeviceSignIn(scope: string, call?: Call): Promise<IdentityAnswer<DeviceCodeAnswer>>;
  /** F37: waits until the user has signed in. */
  finishDeviceSignIn(started: DeviceCodeAnswer, call?: Call): Promise<IdentityAnswer<TokenAnswer>>;
}

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** Tokens and metadata are a few kilobytes. */
const maxResponseBytes = 1_048_576;
/** Form members that are secret and removed from error texts. */
const secretMembers = ['client_secret', 'client_assertion', 'password', 'refresh_token', 'device_code'];

/** @throws TypeError when the text is not an http or https URL with a tenant */
export function authorityOf(text: string): string {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || `${parsed.username}${parsed.password}` !== '') {
    throw new TypeError('Expected an authority: an http or https URL with a tenant, and without credentials.');
  }
  // Also accepts issuers and metadata URLs.
  const path = parsed.pathname
    .replace(/\/\.well-known\/openid-configuration$/, '')
    .replace(/\/+$/, '')
    .replace(/\/v2\.0$/, '');
  if (path === '') throw new TypeError(`Expected an authority with a tenant: ${parsed.origin}/<tenant>.`);
  return `${parsed.origin}${path}`;
}

interface FormTransport {
  send(url: string, form: Readonly<Record<string, string>> | undefined, call: Call | undefined): Promise<RawResponse>;
}

function createTransport({ fetch: request = fetch, timeoutMs = 30_000 }: IdentityClientOptions): FormTransport {
  return {
    async send(url, form, call) {
      const timeout = startTimeout(Math.min(timeoutMs, maxDelayMs));
      const posted = form && {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form).toString(),
      };
      try {
        const response = await request(url, {
          ...(posted ?? { method: 'GET', headers: { accept: 'application/json' } }),
          // A redirect would send the secret to another server.
          redirect: 'manual',
          signal: call?.signal ? AbortSignal.any([call.signal, timeout.signal]) : timeout.signal,
        });
        const text = await readText(response, maxResponseBytes);
        return {
          status: response.status,
          headers: Object.fromEntries(response.headers),
          body: text === '' ? undefined : jsonOrText(text),
        };
      } catch (error) {
        call?.signal?.throwIfAborted();
        throw connectionError(new URL(url).origin, error);
      } finally {
        timeout.stop();
      }
    },
  };
}

/** The form without the client's own parameters. */
type Grant = Readonly<Partial<Record<Exclude<keyof TokenRequest, 'client_id' | 'client_secret'>, string>>> &
  Pick<TokenRequest, 'grant_type'>;

/**
 * Creates a client of the identity platform, real or emulated; endpoints come from its metadata.
 * @throws TypeError when `authority` is not an http or https URL with a tenant
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

  /** Secrets for an https authority are never sent unencrypted, whatever the metadata contains. */
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
    return readAnswer(await transport.send(url, form, call), isTokenAnswer, { what: 'token response', secrets });
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
