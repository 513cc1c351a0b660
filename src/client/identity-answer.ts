// Reads responses of the identity platform without assuming that they are valid: the requested body or an error (F42).
import { memberOf } from '../values/json.ts';
import type { DeviceCodeAnswer, OpenIdConfiguration, TokenAnswer } from './identity-wire.ts';
import { retryAfterSeconds } from './throttling.ts';

/** Why the platform refused. */
export interface IdentityError {
  readonly status: number;
  /** The OAuth error code, e.g. `invalid_client`; `HTTP 502` if the response has none. */
  readonly error: string;
  /** One line, which begins with `AADSTS` and a number if it comes from the platform. Secrets of the request are removed from it. */
  readonly description: string;
  /** The numbers of the `AADSTS` codes. */
  readonly codes: readonly number[];
  readonly suberror: string | undefined;
  /** Seconds of `Retry-After`, if the response has it. */
  readonly retryAfterSeconds: number | undefined;
}

interface Raw {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The requested body. */
export interface Granted<Body> extends Raw {
  readonly outcome: 'granted';
  readonly body: Body;
}

/** A refusal of the platform, or an unexpected response; the body is unchanged. */
export interface Refused extends Raw {
  readonly outcome: 'refused';
  readonly body: unknown;
  readonly error: IdentityError;
}

/** The result of a request. */
export type IdentityAnswer<Body> = Granted<Body> | Refused;

/** A response before validation. */
export interface RawResponse extends Raw {
  readonly body: unknown;
}

type BodyValidator<Body> = (body: unknown) => body is Body;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isHttpUrl = (value: unknown): boolean => isText(value) && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
/** v1 writes numbers as strings. */
const isPositive = (value: unknown): boolean => Number(value) > 0 && (typeof value === 'number' || isText(value));

/** Checks only what a client needs; conformance to the documents is checked elsewhere. */
export const isTokenAnswer: BodyValidator<TokenAnswer> = (body): body is TokenAnswer =>
  isText(memberOf(body, 'access_token')) && isPositive(memberOf(body, 'expires_in'));
export const isDeviceCodeAnswer: BodyValidator<DeviceCodeAnswer> = (body): body is DeviceCodeAnswer =>
  ['user_code', 'device_code', 'verification_uri'].every((name) => isText(memberOf(body, name))) &&
  isPositive(memberOf(body, 'expires_in'));
export const isOpenIdConfiguration: BodyValidator<OpenIdConfiguration> = (body): body is OpenIdConfiguration =>
  isHttpUrl(memberOf(body, 'token_endpoint'));

/** Lifetime of the token in seconds, for either version of the response. */
export function lifetimeSecondsOf(answer: TokenAnswer): number {
  return Number(answer.expires_in);
}

/** A server may echo the request; removes its secrets, also in form or query encoding. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  const spellings = secrets.flatMap((secret) => {
    const inForm = new URLSearchParams({ s: secret }).toString().slice(2);
    return [secret, inForm, inForm.replaceAll('+', '%20')];
  });
  return spellings.filter((spelling) => spelling !== '').reduce((text, spelling) => text.replaceAll(spelling, '(secret)'), text);
}

export interface ResponseExpectation {
  /** What is asked for, in words for an answer that is none. */
  readonly what: string;
  /** Secrets in the request, which are removed from error texts. */
  readonly secrets: readonly string[];
}

function errorOf({ status, headers, body }: RawResponse, { what, secrets }: ResponseExpectation): IdentityError {
  const error = memberOf(body, 'error');
  const description = memberOf(body, 'error_description');
  const codes = memberOf(body, 'error_codes');
  const suberror = memberOf(body, 'suberror');
  const text = isText(description)
    ? description
    : isText(error)
      ? 'The response has no description.'
      : `The response is not the expected ${what} of the identity platform.`;
  return {
    status,
    error: isText(error) ? withoutSecrets(error, secrets) : `HTTP ${status}`,
    description: withoutSecrets(text.replace(/\s+/g, ' ').trim(), secrets),
    codes: Array.isArray(codes) ? codes.filter((code) => typeof code === 'number') : [],
    suberror: isText(suberror) ? suberror : undefined,
    retryAfterSeconds: retryAfterSeconds(headers['retry-after'], Date.now()),
  };
}

/** Granted if the status is 200 and the body is valid; otherwise refused. */
export function readAnswer<Body>(answer: RawResponse, isExpected: BodyValidator<Body>, asked: ResponseExpectation): IdentityAnswer<Body> {
  const { status, headers, body } = answer;
  if (status === 200 && isExpected(body)) return { outcome: 'granted', status, headers, body };
  return { outcome: 'refused', status, headers, body, error: errorOf(answer, asked) };
}

/** A refusal by the client itself, in the format of the platform. */
export function refusedHere(error: string, description: string): Refused {
  const identityError = { status: 0, error, description, codes: [], suberror: undefined, retryAfterSeconds: undefined };
  return { outcome: 'refused', status: 0, headers: {}, body: undefined, error: identityError };
}
