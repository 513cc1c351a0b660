// Sends one HTTP request exactly as given, with no header of its own but what HTTP needs, and reads the whole answer.
import { type IncomingHttpHeaders, request } from 'node:http';
import { request as requestSecurely } from 'node:https';
import type { components } from '../../src/documents/notifications.gen.ts';

export type GraphError = components['schemas']['GraphError']['error'];

export interface Call {
  readonly method?: string;
  readonly path: string;
  /** Bearer token; undefined sends none. */
  readonly token?: string | undefined;
  readonly unsid?: string | undefined;
  /** A value of null takes away a header that would be sent. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | null>>;
  /** Sent as JSON with its Content-Type. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly bytes?: string | Buffer;
  /** Certificate of the authority (PEM) that is trusted over https; undefined trusts what Node does. */
  readonly ca?: string;
}

export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body read as JSON; undefined when there is none. */
  readonly body: T;
}

export function send<T = unknown>(origin: string, call: Call): Promise<Answer<T>> {
  const body = call.bytes ?? (call.json === undefined ? undefined : JSON.stringify(call.json));
  return new Promise((resolve, reject) => {
    const open = origin.startsWith('https:') ? requestSecurely : request;
    const method = call.method ?? (body === undefined ? 'GET' : 'POST');
    const outgoing = open(`${origin}${call.path}`, { method, ...(call.ca === undefined ? {} : { ca: call.ca }) });
    for (const [name, value] of Object.entries(headersOf(call))) if (value !== null) outgoing.setHeader(name, value);
    let isAnswered = false;
    outgoing.on('response', (incoming) => {
      isAnswered = true;
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => resolve(answerOf(incoming.statusCode ?? 0, incoming.headers, Buffer.concat(chunks).toString('utf8'))));
      incoming.on('error', reject);
    });
    // A server that refuses a large body early may end the connection while it is still being sent.
    outgoing.on('error', (error) => {
      if (!isAnswered) reject(error);
    });
    outgoing.end(body);
  });
}

function headersOf({ token, unsid, json, headers }: Call): Record<string, string | readonly string[] | null> {
  return {
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    ...(unsid === undefined ? {} : { 'X-UNS-ID': unsid }),
    ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...headers,
  };
}

export function answerOf<T>(status: number, headers: IncomingHttpHeaders, text: string): Answer<T> {
  const isJson = headers['content-type']?.includes('json') && text !== '';
  // The edge where text becomes the type that the caller names.
  return { status, headers, text, body: (isJson ? JSON.parse(text) : undefined) as T };
}

/** Graph's error of a failed call. */
export function errorOf(answer: Answer): GraphError {
  const { error } = answer.body as { error?: GraphError };
  if (error === undefined) throw new Error(`status ${answer.status} has no Graph error: ${answer.text.slice(0, 200)}`);
  return error;
}

export const targetsOf = (answer: Answer): readonly string[] => (errorOf(answer).details ?? []).map(({ target }) => target);
