// A terminal that keeps what is written, presses keys and quits when a test says so.
import { EventEmitter } from 'node:events';
import { createOutput, type Output } from '../../src/cli/terminal/output.ts';
import type { Key, Terminal } from '../../src/cli/terminal/terminal.ts';

export interface FakeTerminal extends Terminal {
  readonly written: { out: string; err: string };
  /** Lines of stdout so far. */
  lines(): readonly string[];
  /** Resolves when stdout holds this text, that number of times if given. */
  shows(text: string, times?: number): Promise<void>;
  /** The same for stderr. */
  showsError(text: string): Promise<void>;
  press(name: string, isControl?: boolean): void;
  quit(): void;
  /** Width of the lines. */
  resize(columns: number): void;
}

export interface FakeTerminalOptions {
  readonly isInteractive?: boolean;
  readonly hasColors?: boolean;
  readonly input?: string;
  readonly columns?: number;
}

/** Only a text that never comes takes that long. */
const limitMs = 60_000;

export function createFakeTerminal(options: FakeTerminalOptions = {}): FakeTerminal {
  const written = { out: '', err: '' };
  const events = new EventEmitter();
  const keys = new Set<(key: Key) => void>();
  const quitters = new Set<() => void>();
  const resizers = new Set<() => void>();
  let columns = options.columns ?? 120;
  const holds = (stream: 'out' | 'err', text: string, times: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const limit = setTimeout(() => {
        events.off('written', look);
        reject(
          new Error(`expected ${JSON.stringify(text)} on std${stream} within ${limitMs / 1000} s, got:\n${written[stream].slice(-2000)}`),
        );
      }, limitMs);
      const look = (): void => {
        if (written[stream].split(text).length <= times) return;
        clearTimeout(limit);
        events.off('written', look);
        resolve();
      };
      events.on('written', look);
      look();
    });
  const output = (stream: 'out' | 'err'): Output =>
    createOutput({
      write(text) {
        written[stream] += text;
        events.emit('written');
        return true;
      },
      hasColors: options.hasColors ?? false,
      key: 'key of the test',
    });
  return {
    written,
    out: output('out'),
    err: output('err'),
    isInteractive: options.isInteractive ?? false,
    columns: () => columns,
    onResize(listener) {
      resizers.add(listener);
      return () => void resizers.delete(listener);
    },
    resize(next) {
      columns = next;
      for (const listener of [...resizers]) listener();
    },
    readInput: async () => options.input ?? '',
    onKey(listener) {
      keys.add(listener);
      return () => void keys.delete(listener);
    },
    onQuit(listener) {
      quitters.add(listener);
      return () => void quitters.delete(listener);
    },
    lines: () => written.out.split('\n').slice(0, -1),
    shows: (text, times = 1) => holds('out', text, times),
    showsError: (text) => holds('err', text, 1),
    press: (name, isControl = false) => {
      for (const listener of keys) listener({ name, isControl });
    },
    quit: () => {
      for (const listener of [...quitters]) listener();
    },
  };
}
