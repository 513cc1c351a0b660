// Reads a fleet script (YAML or JSON), validates it against its schema and fills in the defaults.
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { allPlatformTypes, type PlatformType } from '../client/wire.ts';
import { nestingProblem } from '../values/nesting.ts';
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

/** A script with its defaults filled in. */
export type Script = Required<Omit<ScriptFile, 'seed' | 'offline' | 'reconnectStorm'>> &
  Pick<ScriptFile, 'offline' | 'reconnectStorm'> & { readonly seed: string };

/** A script is invalid; the message is one line that names the file and all problems. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
  /** Names the file and what is wrong with it in general. */
  readonly what: string;
  /** Each problem with its line and path. */
  readonly problems: readonly string[];

  constructor(what: string, problems: readonly string[]) {
    super(`${what}: ${problems.join('; ')}`);
    this.what = what;
    this.problems = problems;
  }
}

// The schema is checked against its meta-schema in the tests, not at every start, because that takes longer than its compilation.
const isScriptFile = new Ajv2020({
  allErrors: true,
  strict: true,
  allowUnionTypes: true,
  meta: false,
  validateSchema: false,
}).compile<ScriptFile>(scriptSchema);

function problemOf({ instancePath, keyword, params, message }: ErrorObject): Problem {
  if (keyword === 'additionalProperties') return { path: `${instancePath}/${String(params['additionalProperty'])}`, text: 'is not known' };
  if (keyword === 'required') return { path: `${instancePath}/${String(params['missingProperty'])}`, text: 'is required' };
  const allowed: unknown = params['allowedValues'];
  return { path: instancePath, text: `${message ?? keyword}${Array.isArray(allowed) ? ` (${allowed.join(', ')})` : ''}` };
}

/** @throws ScriptError for aliases without an anchor, or that expand to too many values */
function plainValue(document: Document.Parsed, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    const { message } = error as Error;
    const why = /alias count/.test(message)
      ? 'its aliases stand for too many values; write them out'
      : (nestingProblem(message) ?? message);
    throw new ScriptError(`${name} is not valid`, [why]);
  }
}

interface Problem {
  /** Path from the root of the script: `/offline/share`. */
  readonly path: string;
  readonly text: string;
}

/** The line of the member, or of the object that lacks it. */
function lineOf(document: Document.Parsed, path: string, lines: LineCounter): number {
  for (let names = path.split('/').slice(1); names.length > 0; names = names.slice(0, -1)) {
    const node: unknown = document.getIn(names, true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

/** Constraints that the schema cannot express. */
function contradictionsIn({ users = 1, devices, acknowledgeDelayMs: [minMs, maxMs] = [0, 0] }: ScriptFile): readonly Problem[] {
  return [
    ...(users > devices ? [{ path: '/users', text: `must not exceed /devices (${devices})` }] : []),
    ...(minMs > maxMs ? [{ path: '/acknowledgeDelayMs', text: 'the minimum must not exceed the maximum' }] : []),
  ];
}

/**
 * Parses the text of a script.
 * @throws ScriptError when the text is neither YAML nor JSON, has unknown members or violates the schema.
 */
export function readScript(text: string, name: string): Script {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors.map(({ message, pos }) => {
    const { line, col } = lines.linePos(pos[0]);
    return `line ${line}, column ${col}: ${nestingProblem(message) ?? message}`;
  });
  if (broken.length > 0) throw new ScriptError(`${name} is neither YAML nor JSON`, broken);
  const file = plainValue(document, name);
  const problems = isScriptFile(file) ? contradictionsIn(file) : (isScriptFile.errors ?? []).map(problemOf);
  const failure = (found: readonly Problem[]): ScriptError =>
    new ScriptError(
      `${name} is not valid`,
      found.map(({ path, text: what }) => `line ${lineOf(document, path, lines)}: ${path || '/'}: ${what}`),
    );
  if (!isScriptFile(file) || problems.length > 0) throw failure(problems);
  const users = file.users ?? 1;
  const [minMs, maxMs] = file.acknowledgeDelayMs ?? [0, 0];
  return {
    seed: String(file.seed ?? 1),
    devices: file.devices,
    users,
    platforms: file.platforms ?? allPlatformTypes,
    notifications: file.notifications,
    acknowledgeDelayMs: [minMs, maxMs],
    dismissShare: file.dismissShare ?? 0,
    ...(file.offline ? { offline: file.offline } : {}),
    ...(file.reconnectStorm ? { reconnectStorm: file.reconnectStorm } : {}),
    lateAfterMs: file.lateAfterMs ?? 1000,
    settleSeconds: file.settleSeconds ?? 10,
  };
}
