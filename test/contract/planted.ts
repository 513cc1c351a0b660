// Runs the contract suite against an emulator whose line is tampered with: one planted fault, or one permitted difference.
import type { Outcome, Summary } from '../../src/contract/engine/events.ts';
import type { ContractOptions } from '../../src/contract/options.ts';
import { type ContractResult, runContract } from '../../src/contract/run.ts';
import { composeEmulator, type Emulator, type EmulatorParts } from '../../src/emulator.ts';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body as JSON; undefined when it is none. */
  readonly json: Record<string, unknown> | undefined;
}

export interface Answered {
  status: number;
  readonly headers: Headers;
  /** Text of the body; may be replaced. */
  text: string;
}

export interface Fault {
  /** What is sent on in place of the request: its JSON, or nothing to leave it. */
  readonly request?: (seen: Seen) => unknown;
  /** Headers that are not sent on. */
  readonly dropped?: string;
  /** Changes the answer. */
  readonly answer?: (answered: Answered, seen: Seen) => void;
}

export interface Judged {
  readonly summary: Summary;
  readonly outcomes: readonly Outcome[];
  /** Requirements that are broken, sorted. */
  readonly broken: readonly string[];
}

export interface Line {
  run(fault: Fault, only: readonly string[]): Promise<Judged>;
  /** Without a fault, with options that may be made of the emulator's address. */
  runPlain(options: (url: string) => Promise<Omit<ContractOptions, 'url'>>): Promise<ContractResult>;
  stop(): Promise<void>;
}

/** One emulator for all runs of a file: they have their own users. */
export function createLine(parts: Partial<EmulatorParts> = {}): Line {
  let emulator: Promise<Emulator> | undefined;
  return {
    async run(fault, only) {
      emulator ??= composeEmulator({}, parts);
      const { url } = await emulator;
      const { summary, outcomes } = await runContract({ url, only, fetch: tampered(fault) });
      const failures = outcomes.filter(({ kind }) => kind === 'fail');
      return { summary, outcomes, broken: [...new Set(failures.flatMap(({ findings }) => findings.map((one) => one.requirement)))].sort() };
    },
    async runPlain(options) {
      emulator ??= composeEmulator({}, parts);
      const { url } = await emulator;
      return runContract({ url, ...(await options(url)) });
    },
    async stop() {
      await (await emulator)?.stop();
    },
  };
}

function tampered({ request, dropped, answer }: Fault): typeof fetch {
  return async (input, init = {}) => {
    const url = new URL(String(input));
    if (url.pathname.startsWith('/_emulator/')) return fetch(input, init);
    const headers = Object.fromEntries(new Headers(init.headers));
    const seen: Seen = { method: init.method ?? 'GET', path: url.pathname, headers, json: jsonOf(init.body) };
    const sent = request?.(seen);
    if (dropped !== undefined) delete headers[dropped];
    if (sent !== undefined) delete headers['content-encoding'];
    const response = await fetch(input, { ...init, headers, ...(sent === undefined ? {} : { body: JSON.stringify(sent) }) });
    const answered: Answered = { status: response.status, headers: new Headers(response.headers), text: await response.text() };
    answer?.(answered, seen);
    const isEmpty = answered.status === 204 || answered.text === '';
    return new Response(isEmpty ? null : answered.text, { status: answered.status, headers: answered.headers });
  };
}

function jsonOf(body: RequestInit['body']): Record<string, unknown> | undefined {
  const text = typeof body === 'string' ? body : body instanceof Uint8Array ? new TextDecoder().decode(body) : '';
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
