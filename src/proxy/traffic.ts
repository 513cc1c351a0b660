// Describes each exchange and each socket message briefly and without secrets, for listeners that show all traffic.
import { isJsonObject, jsonIn, textOf } from '../values/json.ts';
import type { Side } from './events.ts';
import type { ForwardedExchange } from './forwarded-exchange.ts';
import { createRedaction, secretsOf } from './redaction.ts';

export type TrafficEvent =
  /** `path` without its query; `status` 101: a socket was opened. */
  | { readonly kind: 'exchange'; readonly method: string; readonly path: string; readonly status: number; readonly durationMs: number }
  /** `device`: its deviceId, if known from a response. `type`: the message type, `binary` or `not JSON`. */
  | {
      readonly kind: 'message';
      readonly device?: string;
      readonly from: Side;
      readonly type: string;
      /** For notifications: `created`, `updated` or `deleted`. */
      readonly change?: string;
    };

export type TrafficListener = (event: TrafficEvent) => void;

export type ShownExchange = Pick<ForwardedExchange, 'method' | 'path' | 'query' | 'headers' | 'durationMs'> & { readonly status: number };

const maxWordCharacters = 40;

export function exchangeEvent({ method, path, query, headers, status, durationMs }: ShownExchange): TrafficEvent {
  const redact = createRedaction(secretsOf(headers, query));
  return { kind: 'exchange', method, path: redact(path), status, durationMs: Math.round(durationMs) };
}

/** @param text undefined for a binary message */
export function messageEvent(from: Side, text: string | undefined, device: string | undefined): TrafficEvent {
  return { kind: 'message', ...(device === undefined ? {} : { device }), from, ...kindOf(text) };
}

function kindOf(text: string | undefined): { readonly type: string; readonly change?: string } {
  if (text === undefined) return { type: 'binary' };
  const message = jsonIn(text);
  if (!isJsonObject(message)) return { type: 'not JSON' };
  const [type, change] = [word(message['type']), word(message['change'])];
  return { type: type ?? 'no type', ...(change === undefined ? {} : { change }) };
}

const redactWord = createRedaction([]);

function word(value: unknown): string | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : redactWord(text).slice(0, maxWordCharacters);
}
