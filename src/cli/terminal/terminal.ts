// The terminal of the commands: output, keys and signals. Tests substitute it.
import { randomUUID } from 'node:crypto';
import { emitKeypressEvents } from 'node:readline';
import { colorsFor } from '../../runtime/colors.ts';
import { type Colors, createOutput, type Output } from './output.ts';

export type { Colors };

export interface Key {
  /** Name of the key, e.g. `up`, `j`, `return`, or the character itself. */
  readonly name: string;
  readonly isControl: boolean;
}

export interface Terminal {
  /** stdout and stderr; without colours if they are not terminals or NO_COLOR is set. */
  readonly out: Output;
  readonly err: Output;
  /** stdin and stdout are terminals: keys can be read and lines rewritten. */
  readonly isInteractive: boolean;
  /** Current width in columns. */
  readonly columns: () => number;
  /** Calls the listener when the width changes. Returns a function that stops listening. */
  onResize(listener: () => void): () => void;
  /** Reads stdin to its end. */
  readInput(): Promise<string>;
  /** Reads single keys until the returned function is called. */
  onKey(listener: (key: Key) => void): () => void;
  /** Calls the listener at most once: at SIGINT, SIGTERM, or when stdout has no reader. Returns a function that stops listening. */
  onQuit(listener: () => void): () => void;
}

interface RawKey {
  readonly name?: string;
  readonly sequence?: string;
  readonly ctrl?: boolean;
}

function readKeys(listener: (key: Key) => void): () => void {
  const { stdin } = process;
  const onKeypress = (character: string | undefined, key: RawKey): void =>
    listener({ name: key.name ?? character ?? key.sequence ?? '', isControl: key.ctrl ?? false });
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.on('keypress', onKeypress);
  stdin.resume();
  return () => {
    stdin.off('keypress', onKeypress);
    stdin.setRawMode(false);
    stdin.pause();
  };
}

async function readAll(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/** The terminal of this process. A closed pipe on stdout (EPIPE) is a reason to quit, not an error. */
export function processTerminal(): Terminal {
  let isRead = true;
  const quitters = new Set<() => void>();
  const quit = (): void => {
    for (const listener of [...quitters]) listener();
  };
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    isRead = false;
    quit();
  });
  process.stderr.on('error', () => undefined);
  const key = randomUUID();
  return {
    out: createOutput({
      write(text) {
        if (isRead) process.stdout.write(text);
        return isRead;
      },
      hasColors: colorsFor(process.stdout, process.env).isColorSupported,
      key,
    }),
    err: createOutput({
      write: (text) => process.stderr.write(text) || true,
      hasColors: colorsFor(process.stderr, process.env).isColorSupported,
      key,
    }),
    isInteractive: process.stdin.isTTY === true && process.stdout.isTTY === true,
    columns: () => process.stdout.columns ?? 80,
    onResize(listener) {
      process.stdout.on('resize', listener);
      return () => void process.stdout.off('resize', listener);
    },
    readInput: readAll,
    onKey: readKeys,
    onQuit(listener) {
      const stop = (): void => {
        quitters.delete(once);
        process.off('SIGINT', once);
        process.off('SIGTERM', once);
      };
      const once = (): void => {
        stop();
        listener();
      };
      quitters.add(once);
      process.once('SIGINT', once);
      process.once('SIGTERM', once);
      if (!isRead) once();
      return stop;
    },
  };
}
