// The terminal that commands talk to: output, keys and signals, so that tests can bring their own.
import { randomUUID } from 'node:crypto';
import { emitKeypressEvents } from 'node:readline';
import { colorsFor } from '../../runtime/colors.ts';
import { type Colors, createOutput, type Output } from './output.ts';

export type { Colors };

export interface Key {
  /** Name of the key, e.g. `up`, `j`, `return`; the character itself for others. */
  readonly name: string;
  readonly isControl: boolean;
}

export interface Terminal {
  /** stdout and stderr; without colours when they are no terminals or NO_COLOR is set. */
  readonly out: Output;
  readonly err: Output;
  /** A person sits at it: keys can be read and lines rewritten. */
  readonly isInteractive: boolean;
  /** Columns of a line. */
  readonly columns: () => number;
  /** Columns have become more or fewer. Returns how to stop listening. */
  onResize(listener: () => void): () => void;
  /** All of stdin. */
  readInput(): Promise<string>;
  /** Reads single keys until the returned function is called. */
  onKey(listener: (key: Key) => void): () => void;
  /** SIGINT, SIGTERM, or stdout that nobody reads any more; called at most once. Returns how to stop listening. */
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

/** The terminal of this process. A reader that goes away (EPIPE) is a reason to quit, not an error. */
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
