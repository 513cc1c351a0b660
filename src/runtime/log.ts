// The log of a running emulator: lines on stderr, by level, as text or JSON.
import type { Log } from '../domain/ports.ts';
import { colorsFor } from './colors.ts';
import { type LogEntry, type LogFormat, type LogLevel, logLevels } from './log-entry.ts';
import { jsonLine } from './log-json.ts';
import { createTextLines } from './log-text.ts';

export { type LogFormat, type LogLevel, logFormats, logLevels } from './log-entry.ts';

export interface LogStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface LogOptions {
  readonly level: LogLevel;
  readonly format?: LogFormat | undefined;
  /** Default: stderr, because stdout belongs to the commands' own output. */
  readonly stream?: LogStream;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Real time, in milliseconds since 1970. */
  readonly now?: () => number;
}

export function createLog(options: LogOptions): Log {
  const { level, format = 'text', stream = process.stderr, env = process.env, now = Date.now } = options;
  const isOn = (messageLevel: LogLevel) => logLevels.indexOf(messageLevel) <= logLevels.indexOf(level);
  const textLines = createTextLines({ colors: colorsFor(stream, env), columns: () => (stream.isTTY ? stream.columns : undefined) });
  const write = (entry: LogEntry): void => {
    const lines = format === 'json' ? [jsonLine(now(), entry)] : textLines(now(), entry);
    stream.write(lines.map((line) => `${line}\n`).join(''));
  };
  const messages = (entryLevel: LogEntry['level']) =>
    isOn(entryLevel)
      ? (message: string, ...more: unknown[]) => write({ level: entryLevel, what: { event: 'message', message, more } })
      : () => undefined;
  return {
    error: messages('error'),
    warn: messages('warn'),
    info: messages('info'),
    debug: messages('debug'),
    events: isOn('info') ? { isDetailed: isOn('debug'), write: (what) => write({ level: 'info', what }) } : undefined,
  };
}
