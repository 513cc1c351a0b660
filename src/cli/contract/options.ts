// Parsers of the options that only `unsid contract` has.
import { pathToFileURL } from 'node:url';
import { InvalidArgumentError } from 'commander';
import type { CreateAdapter } from '../../contract/target/adapter.ts';
import { memberOf } from '../../values/json.ts';
import { CliError } from '../terminal/cli-error.ts';

/** Adds one header, `Name: value`. */
export function headerOption(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [, name = '', value = ''] = /^([A-Za-z0-9!#$%&'*+.^_`|~-]+):\s*(.*)$/.exec(text) ?? [];
  if (name === '') throw new InvalidArgumentError("Expected 'Name: value'.");
  return { ...before, [name.toLowerCase()]: value };
}

/** Ids with `*`, separated by commas. */
export function idsOption(text: string, before: readonly string[] = []): readonly string[] {
  return [
    ...before,
    ...text
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== ''),
  ];
}

/** Within the range of timers. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0.001 && value <= 86_400) return value;
  throw new InvalidArgumentError('Expected a number from 0.001 to 86400.');
}

export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number.');
}

/** @throws CliError when the module cannot be loaded or has no `createAdapter` */
export async function loadAdapter(file: string): Promise<CreateAdapter> {
  let module: unknown;
  try {
    module = await import(pathToFileURL(file).href);
  } catch (error) {
    throw new CliError(`${file}: cannot be loaded (${error instanceof Error ? error.message : String(error)})`);
  }
  const create = memberOf(module, 'createAdapter');
  if (typeof create !== 'function')
    throw new CliError(`${file}: expected the module to export a function named createAdapter, and it does not`);
  // A cast at the edge: the module's author is responsible for what the function returns.
  return create as CreateAdapter;
}
