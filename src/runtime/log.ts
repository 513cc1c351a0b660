// The log of a running emulator: lines on stderr, by level; silent unless asked for.
import { createConsola, LogLevels } from 'consola';

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface Log {
  error(message: string, ...more: unknown[]): void;
  warn(message: string, ...more: unknown[]): void;
  info(message: string, ...more: unknown[]): void;
  debug(message: string, ...more: unknown[]): void;
}

/** Everything goes to stderr: stdout belongs to the commands' own output. */
export function createLog(level: LogLevel): Log {
  const options = { level: level === 'silent' ? LogLevels.silent : LogLevels[level], stdout: process.stderr, stderr: process.stderr };
  const log = createConsola({
    ...options,
    fancy: process.stderr.isTTY === true,
    formatOptions: { date: true, colors: process.stderr.isTTY === true },
  });
  return {
    error: (message, ...more) => log.error(message, ...more),
    warn: (message, ...more) => log.warn(message, ...more),
    info: (message, ...more) => log.info(message, ...more),
    debug: (message, ...more) => log.debug(message, ...more),
  };
}
