// Parsers of options that several commands share.
import { InvalidArgumentError } from 'commander';
import { PLATFORM_TYPES, type PlatformType } from '../client/wire.ts';
import { isPort } from '../runtime/start-options.ts';

/** Where the emulator listens when nothing else is said. */
export const DEFAULT_URL = 'http://127.0.0.1:4280';

export function serviceUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError('Expected an http or https URL.');
}

export function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && isPort(port)) return port;
  throw new InvalidArgumentError('expected a whole number from 0 to 65535.');
}

/** F14: compared without case. */
export function platformType(text: string): PlatformType {
  const platform = PLATFORM_TYPES.find((known) => known.toLowerCase() === text.trim().toLowerCase());
  if (platform) return platform;
  throw new InvalidArgumentError(`Expected one of ${PLATFORM_TYPES.join(', ')}.`);
}

export function platformTypes(text: string): readonly PlatformType[] {
  return text.split(',').map(platformType);
}

export function positiveInteger(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number from 1.');
}

export function notEmpty(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('Must not be empty.');
}
