// Reads a fleet script (YAML or JSON), judges it by its schema and fills in the defaults.
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { parseDocument } from 'yaml';
import { PLATFORM_TYPES, type PlatformType } from '../client/wire.ts';
import { scriptSchema } from './script-schema.ts';

interface ScriptFile {
  readonly seed?: string | number;
  readonly devices: number;
  readonly users?: number;
  readonly platforms?: readonly PlatformType[];
  readonly notifications: { readonly count: number; readonly everyMs: number };
  readonly acknowledgeDelayMs?: readonly [number, number];
  readonly dismissShare?: number;
  readonly offline?: { readonly share: number; readonly everySeconds: number; readonly forSeconds: number };
  readonly reconnectStorm?: { readonly atSeconds: number; readonly share: number };
  readonly lateAfterMs?: number;
  readonly settleSeconds?: number;
}

/** A script with all its defaults. */
export type Script = Required<Omit<ScriptFile, 'seed' | 'offline' | 'reconnectStorm'>> &
  Pick<ScriptFile, 'offline' | 'reconnectStorm'> & { readonly seed: string };

/** A script cannot be used; the message is one line that names the file and points at the fault. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
}

const isScriptFile = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile<ScriptFile>(scriptSchema);

function tellFault(fault: ErrorObject): string {
  if (fault.keyword === 'additionalProperties') return `${fault.instancePath}/${String(fault.params['additionalProperty'])}: is not known`;
  if (fault.keyword === 'required') return `${fault.instancePath}/${String(fault.params['missingProperty'])}: is required`;
  const allowed: unknown = fault.params['allowedValues'];
  return `${fault.instancePath || '/'}: ${fault.message ?? fault.keyword}${Array.isArray(allowed) ? ` (${allowed.join(', ')})` : ''}`;
}

function parse(text: string, name: string): unknown {
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  // Its first line ends in a colon: what follows is an excerpt, which takes more lines.
  if (error) throw new ScriptError(`${name} is neither YAML nor JSON: ${error.message.split(/:?\n/)[0]}`);
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (reason) {
    const { message } = reason as Error;
    const why = /alias count/.test(message) ? 'its aliases stand for too many values; write them out' : message;
    throw new ScriptError(`${name} is not valid: ${why}`);
  }
}

/**
 * The script in a text.
 * @throws ScriptError when it is no YAML or JSON, has unknown members or breaks the schema.
 */
export function readScript(text: string, name: string): Script {
  const file = parse(text, name);
  if (!isScriptFile(file)) throw new ScriptError(`${name} is not valid: ${(isScriptFile.errors ?? []).map(tellFault).join('; ')}`);
  const users = file.users ?? 1;
  if (users > file.devices) throw new ScriptError(`${name} is not valid: /users: must not be more than /devices (${file.devices})`);
  const [least, most] = file.acknowledgeDelayMs ?? [0, 0];
  if (least > most) throw new ScriptError(`${name} is not valid: /acknowledgeDelayMs: the least must not be above the most`);
  return {
    seed: String(file.seed ?? 1),
    devices: file.devices,
    users,
    platforms: file.platforms ?? PLATFORM_TYPES,
    notifications: file.notifications,
    acknowledgeDelayMs: [least, most],
    dismissShare: file.dismissShare ?? 0,
    ...(file.offline ? { offline: file.offline } : {}),
    ...(file.reconnectStorm ? { reconnectStorm: file.reconnectStorm } : {}),
    lateAfterMs: file.lateAfterMs ?? 1000,
    settleSeconds: file.settleSeconds ?? 10,
  };
}
