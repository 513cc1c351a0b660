// Composes the body of the POST of `unsid send` from a file or stdin and the options, which take precedence.
import type { PlatformType } from '../../client/wire.ts';
import { isJsonObject } from '../../values/json.ts';
import { isNestedTooDeeply, nestedTooDeeply } from '../../values/nesting.ts';
import { CliError } from '../terminal/cli-error.ts';
import type { Priority } from '../terminal/options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { readTextFile } from '../text-file.ts';

export interface RequestFlags {
  readonly app?: string;
  readonly title?: string;
  readonly body?: string;
  readonly raw?: string;
  readonly file?: string;
  readonly group?: string;
  readonly id?: string;
  readonly priority?: Priority;
  readonly platforms?: readonly PlatformType[];
  readonly ttl?: string;
  readonly expires?: string;
}

function parseJson(text: string, name: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CliError(`${name} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (isNestedTooDeeply(value)) throw new CliError(`${name} cannot be sent: ${nestedTooDeeply}`);
  if (isJsonObject(value)) return value;
  throw new CliError(`${name} must contain a JSON object: a payload, or a whole request body`);
}

async function readObject(file: string, terminal: Terminal): Promise<object> {
  if (file === '-') return parseJson(await terminal.readInput(), 'stdin');
  return parseJson(await readTextFile(file), file);
}

/** Members of the notification that the options set; they replace those of the file. */
function membersOf(flags: RequestFlags): object {
  const ttl = flags.ttl === undefined ? {} : { displayTimeToLive: Number(flags.ttl) };
  return {
    ...(flags.app === undefined ? {} : { targetHostName: flags.app }),
    ...(flags.id === undefined ? {} : { appNotificationId: flags.id }),
    ...(flags.group === undefined ? {} : { groupName: flags.group }),
    ...(flags.priority === undefined ? {} : { priority: flags.priority }),
    ...(flags.platforms === undefined ? {} : { targetPolicy: { platformTypes: flags.platforms } }),
    ...(flags.expires === undefined ? {} : { expirationDateTime: flags.expires }),
    ...ttl,
  };
}

function payloadOf(flags: RequestFlags): object {
  const { title, body, raw } = flags;
  const visual = title === undefined ? {} : { visualContent: { title, ...(body === undefined ? {} : { body }) } };
  return { ...visual, ...(raw === undefined ? {} : { rawContent: raw }) };
}

/** @throws CliError when the file cannot be used */
export async function requestOf(flags: RequestFlags, terminal: Terminal): Promise<object> {
  if (flags.file !== undefined) {
    const given = await readObject(flags.file, terminal);
    return { ...('payload' in given ? given : { payload: given }), ...membersOf(flags) };
  }
  return { ...membersOf(flags), payload: payloadOf(flags) };
}
