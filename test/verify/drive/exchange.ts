// One HTTP exchange, with full say over headers and bytes; a connection that is cut is an answer too.
import { type Agent, request as httpRequest, type IncomingMessage } from 'node:http';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly token?: string | undefined;
  readonly unsid?: string | undefined;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Sent as JSON; text and bytes as they are. */
  readonly body?: unknown;
}

export interface Answer {
  /** `cut` when the connection ended without an answer. */
  readonly status: number | string;
  /** Names as they were sent, and values. */
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
  readonly json: unknown;
}

/** An emulator that sends nothing for this time is taken to be stuck. */
const timeoutMs = 5_000;

export function send(url: string, agent: Agent | false, call: Request): Promise<Answer> {
  const { method, path, body } = call;
  const bytes = bytesOf(body);
  return new Promise((resolve) => {
    const cut = (status: string) => resolve({ status, headers: [], text: '', json: undefined });
    const outgoing = httpRequest(new URL(path, url), { method, agent, headers: headersOf(call, bytes) }, (incoming) => {
      readText(incoming).then(
        (text) => resolve(answerOf(incoming, text)),
        () => cut('cut'),
      );
    });
    outgoing.setTimeout(timeoutMs, () => {
      cut('no answer');
      outgoing.destroy();
    });
    outgoing.on('error', () => cut('cut'));
    outgoing.end(bytes);
  });
}

function bytesOf(body: unknown): Buffer | undefined {
  if (body === undefined || Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function headersOf({ token, unsid, headers = {}, body }: Request, bytes: Buffer | undefined): Record<string, string | string[]> {
  const isJson = body !== undefined && !Buffer.isBuffer(body) && typeof body !== 'string';
  const all: Record<string, string | readonly string[]> = {
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    ...(unsid === undefined ? {} : { 'X-UNS-ID': unsid }),
    ...(isJson ? { 'Content-Type': 'application/json' } : {}),
    ...(bytes ? { 'Content-Length': String(bytes.length) } : {}),
    ...headers,
  };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]));
}

export async function readText(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

export function answerOf({ statusCode = 0, rawHeaders }: IncomingMessage, text: string): Answer {
  const headers = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : []));
  return answerFrom(statusCode, headers, text);
}

export const answerFrom = (status: number, headers: Answer['headers'], text: string): Answer => ({
  status,
  headers,
  text,
  json: parsed(text),
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
