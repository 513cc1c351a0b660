// One entry of the log before it is formatted: an event or a message, with its level.
import type { LogEvent } from '../domain/log-event.ts';

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

export const logFormats = ['text', 'json'] as const;
export type LogFormat = (typeof logFormats)[number];

export interface LogMessage {
  readonly event: 'message';
  readonly message: string;
  /** Errors and other values with details. */
  readonly more: readonly unknown[];
}

export interface LogEntry {
  readonly level: Exclude<LogLevel, 'silent'>;
  readonly what: LogEvent | LogMessage;
}
