// The sample of docs/devices.md for browsers and Node is run as it is written, except for the address; its tables name what the documents have.
import { readFileSync } from 'node:fs';
import { WebSocket } from 'undici';
import { describe, expect, it } from 'vitest';
import { type DocumentName, list, readDocument, type Tree, tree } from '../documents/walk.ts';
import { useEmulators } from '../support/emulator.ts';

const page = readFileSync(new URL('../../docs/devices.md', import.meta.url), 'utf8');
const [, sample = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
const start = useEmulators();

/** What the sample logs, line by line; each can be waited for. */
function createLog() {
  const lines: string[] = [];
  const waiting: (() => void)[] = [];
  return {
    log: (...words: readonly unknown[]) => {
      lines.push(words.map((word) => (typeof word === 'string' ? word : JSON.stringify(word))).join(' '));
      for (const wake of waiting.splice(0)) wake();
    },
    next: async (): Promise<string> => {
      while (lines.length === 0) await new Promise<void>((resolve) => waiting.push(resolve));
      return lines.shift() ?? '';
    },
  };
}

type Sample = (console: { log: (...words: readonly unknown[]) => void }, WebSocketClass: typeof WebSocket) => Promise<void>;

/** As a module, so that it can wait; Node 20 has no WebSocket of its own. */
const sampleAt = (origin: string): Sample => {
  const body = sample.replaceAll('http://127.0.0.1:4280', origin);
  return new Function(`return async (console, WebSocket) => {${body}}`)() as Sample;
};

describe('the sample for browsers in docs/devices.md', () => {
  it('[R2] [R5] is given what was published, acknowledges it, and learns that another connection has replaced it', async () => {
    const emulator = await start();
    const { log, next } = createLog();
    await sampleAt(emulator.url)({ log }, WebSocket);
    expect(await next()).toBe('connected  ');
    const device = await emulator.subscribe('adele', { deviceId: 'my-page' });
    const { syncCursor } = await emulator.list(device);
    for (const rawContent of ['one', 'two']) {
      await emulator.publish(device, { payload: { rawContent } });
      expect(await next()).toBe(`notification created {"rawContent":"${rawContent}"}`);
    }
    const other = await emulator.open(device);
    expect((await other.nextOf('connected')).cursor).not.toBe(syncCursor);
    expect(await next()).toMatch(/^closed 4409 /);
  });
});

describe('the tables of docs/devices.md', () => {
  const devices = readDocument('devices.asyncapi.yaml');
  const inDocument = (name: DocumentName, ...steps: readonly string[]): Tree =>
    steps.reduce((node, step) => tree(node[step]), readDocument(name));
  const codesOf = (section: string) => [...section.matchAll(/\b(?:1\d{3}|4\d{3})\b/g)].map(([code]) => Number(code));
  const [, comingBack = '', refused = ''] = /## Reconnecting\n([\s\S]*?)## When the handshake is refused\n([\s\S]*)/.exec(page) ?? [];

  it('[R8] have every close code of the document', () => {
    const known = Object.values(tree(devices['x-close-codes'])).map((one) => Number(tree(one)['code']));
    // RFC 6455's own: what breaks it, text that is not UTF-8, and no close message at all.
    expect([...new Set(codesOf(comingBack))].sort()).toEqual([...known, 1002, 1006, 1007].sort());
  });

  it('have every message that the server sends', () => {
    const messages = Object.entries(inDocument('devices.asyncapi.yaml', 'components', 'messages'));
    const sent = messages.filter(([name, message]) => name !== 'ack' && !('x-platforms' in tree(message))).map(([name]) => name);
    expect([...page.matchAll(/^\| `([a-z]+)` \| /gm)].map(([, type]) => type).filter((type) => type !== 'type')).toEqual(sent);
  });

  it('name reasons of a refusal that the document has', () => {
    const known = list(inDocument('notifications.yaml', 'components', 'schemas', 'InnerErrorCode')['enum']);
    const rows = [...refused.matchAll(/^\| \d{3}\S* \| (.*?) \|/gm)].flatMap(([, codes = '']) => [...codes.matchAll(/`(\w+)`/g)]);
    expect(rows.length).toBeGreaterThan(8);
    expect(rows.map(([, code]) => code).filter((code) => !known.includes(code))).toEqual([]);
  });
});
