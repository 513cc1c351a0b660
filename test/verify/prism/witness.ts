// Sends through Prism what it carries unaltered, and the rest straight to the emulator; a header of the answer says which.
import type { Exchange } from '../../../src/checks/exchange.ts';

/** What Prism says of a request or an answer. */
export interface Violation {
  /** `request.body.priority` or `response.header.date`. */
  readonly place: string;
  /** The keyword of the schema, a status, or, where there is neither, the message. */
  readonly code: string;
}

/** `altered`: it would send on other bytes; `answered 400`: it answers in place of the service, with that status. */
export type Withheld = string;

export type Testimony = { readonly withheld: Withheld } | { readonly violations: readonly Violation[] };

const withheldHeader = 'x-withheld-from-prism';
const violationsHeader = 'sl-violations';
/** Every answer of the service has it (F6), and none of Prism's own. */
const serviceHeader = 'x-ms-ags-diagnostic';

/** A `fetch` for a suite whose target is Prism's address. */
export function createWitness(proxyUrl: string, emulatorUrl: string): typeof fetch {
  return async (input, init = {}) => {
    const url = String(input);
    const straight = async (withheld: Withheld) => marked(await fetch(url.replace(proxyUrl, emulatorUrl), init), withheld);
    if (!isCarriedAsItIs(init)) return straight('altered');
    const response = await fetch(url, init);
    const isOfService = response.headers.has(serviceHeader) || isPreflight(init) || url.includes('/_emulator/');
    if (isOfService) return response;
    await response.arrayBuffer();
    return straight(`answered ${response.status}`);
  };
}

export function testimonyOf({ answer: { headers } }: Exchange): Testimony {
  const withheld = headers[withheldHeader];
  if (withheld !== undefined) return { withheld };
  const text = headers[violationsHeader];
  if (text === undefined) return { violations: [] };
  const found = JSON.parse(text) as readonly { readonly location: readonly string[]; readonly code?: string; readonly message: string }[];
  return { violations: found.map(({ location, code, message }) => ({ place: location.join('.'), code: String(code ?? message) })) };
}

/** Answered without F6's headers. */
function isPreflight({ method }: RequestInit): boolean {
  return method === 'OPTIONS';
}

/** It reads every body as UTF-8, and parses and writes anew what is called JSON, where only an object or a list stays what it was. */
function isCarriedAsItIs({ body, headers }: RequestInit): boolean {
  if (body === undefined || body === null) return true;
  const bytes = typeof body === 'string' || body instanceof Uint8Array ? Buffer.from(body) : Buffer.alloc(0);
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes)) return false;
  if (!/^application\/json\b/i.test(new Headers(headers).get('content-type') ?? '')) return true;
  const value = parsed(text);
  // What is no JSON is not sent on at all: Prism answers, and that is seen then.
  return value === undefined || (typeof value === 'object' && value !== null);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function marked(response: Response, withheld: Withheld): Promise<Response> {
  const headers = new Headers(response.headers);
  headers.set(withheldHeader, withheld);
  const { status } = response;
  const text = await response.text();
  return new Response(status === 204 ? null : text, { status, headers });
}
