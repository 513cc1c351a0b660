// Options shared by several commands: parsers, the error for missing options, and the URL of the service.
import { InvalidArgumentError } from 'commander';
import { allPlatformTypes, type PlatformType } from '../../client/wire.ts';
import { isPort } from '../../runtime/start-options.ts';
import type { Environment } from '../environment.ts';
import { UsageError } from './cli-error.ts';

/** Where the emulator listens by default. */
export const defaultUrl = 'http://127.0.0.1:4280';

/** Environment variable with the URL of the service, for every command that has --url or --target. */
export const urlVariable = 'UNSID_URL';

export const targetHelp = `base URL of the implementation, with a path prefix if it has one (default: ${urlVariable})`;

function isServiceUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

export function serviceUrl(text: string): string {
  if (isServiceUrl(text)) return text;
  throw new InvalidArgumentError('Expected an http or https URL.');
}

/**
 * Returns the URL in the environment variable; undefined if it is not set.
 * @throws UsageError
 */
export function urlInEnvironment({ env }: Pick<Environment, 'env'>): string | undefined {
  const text = env[urlVariable] ?? '';
  if (text === '') return undefined;
  if (isServiceUrl(text)) return text;
  throw new UsageError(`${urlVariable} is '${text}'. Expected an http or https URL.`);
}

/** @throws UsageError */
export function urlOf(given: string | undefined, environment: Pick<Environment, 'env'>): string {
  return given ?? urlInEnvironment(environment) ?? defaultUrl;
}

/** @throws UsageError when neither the option nor the environment variable is set */
export function targetOf(given: string | undefined, environment: Pick<Environment, 'env'>): string {
  const target = given ?? urlInEnvironment(environment);
  if (target === undefined) throw missing(['--target <url>']);
  return target;
}

/** The error for all required options that were not given. */
export function missing(options: readonly string[]): UsageError {
  const names = options.map((option) => `'${option}'`).join(', ');
  return new UsageError(`required option${options.length === 1 ? '' : 's'} ${names} not specified`);
}

const hostLabel = '[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}\\p{M}_-]{0,61}[\\p{L}\\p{N}\\p{M}_])?';
const hostName = new RegExp(`^${hostLabel}(?:\\.${hostLabel})*$`, 'u');

/** The host name of an application, without scheme, port and path. */
export function applicationName(text: string): string {
  if (text.length <= 253 && hostName.test(text)) return text;
  throw new InvalidArgumentError('Expected a host name such as contoso.example.');
}

export function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && isPort(port)) return port;
  throw new InvalidArgumentError('Expected a whole number from 0 to 65535.');
}

/** F14: case-insensitive. */
export function platformType(text: string): PlatformType {
  const platform = allPlatformTypes.find((known) => known.toLowerCase() === text.trim().toLowerCase());
  if (platform) return platform;
  throw new InvalidArgumentError(`Expected one of ${allPlatformTypes.join(', ')}.`);
}

export function platformTypes(text: string): readonly PlatformType[] {
  return text.split(',').map(platformType);
}

const priorities = ['None', 'High', 'Low'] as const;

export type Priority = (typeof priorities)[number];

export function priority(text: string): Priority {
  const found = priorities.find((known) => known.toLowerCase() === text.trim().toLowerCase());
  if (found) return found;
  throw new InvalidArgumentError(`Expected one of ${priorities.join(', ')}.`);
}

const maxSeconds = 2_147_483_647;

/** F7: seconds for which a notification is displayed. */
export function displaySeconds(text: string): string {
  if (/^\d+$/.test(text) && Number(text) <= maxSeconds) return text;
  throw new InvalidArgumentError(`Expected a whole number of seconds from 0 to ${maxSeconds}; 0 means never displayed.`);
}

/** F8: the service decides whether it is far enough in the future, by its own clock. */
export function instant(text: string): string {
  const example = 'such as 2030-01-31T12:00:00Z';
  if (/^\d{4}-\d\d-\d\d$/.test(text)) throw new InvalidArgumentError(`Expected a time of day after the date, ${example}.`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/i.test(text)) throw new InvalidArgumentError(`Expected a date and a time in ISO 8601, ${example}.`);
  if (!/(Z|[+-]\d\d:\d\d)$/i.test(text)) throw new InvalidArgumentError(`Expected a time zone at the end, Z or an offset, ${example}.`);
  if (Number.isNaN(Date.parse(text))) throw new InvalidArgumentError(`Expected a date and a time that exist, ${example}.`);
  return text;
}

export function positiveInteger(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number from 1 to 9999999.');
}

export function notEmpty(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('Must not be empty.');
}
