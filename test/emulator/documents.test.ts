// An emulator started with a user's own documents and seeds: what they add, and how they fail.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useEmulators } from '../support/emulator.ts';
import { errorOf } from '../support/http-call.ts';

const start = useEmulators();
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unsid-'));
});
afterAll(() => rm(folder, { recursive: true }));

const shipped = (name: string) => readFile(new URL(`../../openapi/${name}`, import.meta.url), 'utf8');
async function written(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

/** The shipped document with more paths. */
async function withPaths(name: string, paths: string): Promise<string> {
  return written(name, (await shipped('notifications.yaml')).replace('\npaths:\n', `\npaths:\n${paths}`));
}

const extra = `  /beta/me/greeting:
    get:
      operationId: getGreeting
      tags: [graph]
      summary: Only in this document
      security: []
      responses:
        '200':
          description: A greeting
          content:
            application/json: { schema: { type: object }, example: { hello: world } }
    put:
      operationId: setGreeting
      tags: [graph]
      summary: Without an example
      security: []
      responses:
        '200':
          description: Something
          content:
            application/json: { schema: { type: object } }
`;

describe("an operation that only a user's own document has", () => {
  it('is answered from its example', async () => {
    const emulator = await start({ spec: [await withPaths('extra.yaml', extra)] });
    const answer = await emulator.send({ path: '/beta/me/greeting' });
    expect([answer.status, answer.body]).toEqual([200, { hello: 'world' }]);
  });

  it('is 501 with the reason when it has none', async () => {
    const emulator = await start({ spec: [await withPaths('extra-501.yaml', extra)] });
    const answer = await emulator.send({ method: 'PUT', path: '/beta/me/greeting' });
    expect([answer.status, errorOf(answer).code]).toEqual([501, 'NotImplemented']);
    expect(errorOf(answer).message).toContain('setGreeting');
  });

  it('leaves the others as they are', async () => {
    const emulator = await start({ spec: [await withPaths('extra-others.yaml', extra)] });
    const adele = await emulator.subscribe('adele');
    const { id } = await emulator.publish(adele);
    expect((await (await emulator.connect(adele)).nextOf('notification')).notification.id).toBe(id);
  });
});

describe("a user's own document", () => {
  it('[F9][F8] changes what is valid, without a change of code', async () => {
    const text = (await shipped('notifications.yaml'))
      .replace('x-max-ahead: P30D', 'x-max-ahead: P1D')
      .replace('x-default-ahead: P7D', 'x-default-ahead: PT1H');
    const emulator = await start({ spec: [await written('shorter.yaml', text)] });
    const adele = await emulator.subscribe('adele');
    expect((await emulator.publish(adele)).expirationDateTime).toBe('2019-08-23T01:25:55.329Z');
    await expect(emulator.publish(adele, { expirationDateTime: '2019-08-25T00:00:00Z' })).rejects.toThrow('/expirationDateTime');
  });

  it('[R8] changes limits and close codes of the socket', async () => {
    const text = (await shipped('devices.asyncapi.yaml'))
      .replace('./notifications.yaml#', new URL('../../openapi/notifications.yaml#', import.meta.url).pathname.concat('#'))
      .replaceAll('./notifications.yaml#', `${new URL('../../openapi/notifications.yaml', import.meta.url).pathname}#`)
      .replace('maxMessageBytes: { value: 65536', 'maxMessageBytes: { value: 100')
      .replace('messageTooBig: { code: 1009', 'messageTooBig: { code: 4009');
    const emulator = await start({ spec: [await written('small.asyncapi.yaml', text)] });
    const device = await emulator.connect(await emulator.subscribe('adele'));
    device.send('x'.repeat(101));
    expect((await device.closed).code).toBe(4009);
  });

  it.each([
    ['is missing', async () => join(folder, 'nowhere.yaml')],
    ['is not YAML', () => written('broken.yaml', 'openapi: [')],
    ['is nothing of the kind', () => written('other.yaml', 'hello: world')],
    ['is empty', () => written('empty.yaml', '')],
    [
      'has a reference to nothing',
      () => withPaths('dangling.yaml', extra.replace('{ type: object }', "{ $ref: '#/components/schemas/Nowhere' }")),
    ],
    ['has an operation without operationId', () => withPaths('nameless.yaml', extra.replace('      operationId: getGreeting\n', ''))],
    ['has an operationId twice', () => withPaths('twice.yaml', extra.replace('setGreeting', 'getGreeting'))],
    ['has a schema that does not compile', () => withPaths('schema.yaml', extra.replace('{ type: object }', '{ type: nothing }'))],
  ])('that %s is one clear line with its name', async (_what, file) => {
    const path = await file();
    const error = await start({ spec: [path] }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'DocumentError' });
    const { message } = error as Error;
    expect(message).toContain(path.split('/').at(-1));
    expect(message).not.toMatch(/\n/);
    expect(message.length).toBeLessThan(500);
  });
});

describe('a seed', () => {
  it('[F4][F18][F30] file says who is known', async () => {
    const emulator = await start({ seed: new URL('../../fixtures/seeds/contoso.yaml', import.meta.url).pathname });
    const adele = await emulator.subscribe('adele');
    expect((await emulator.publish(adele))['@odata.context']).toContain("users('adele%40contoso.com')");
  });

  it.each([
    ['is missing', async () => join(folder, 'nowhere.seed.yaml')],
    ['is not YAML', () => written('broken.seed.yaml', 'users: [')],
    ['is a list', () => written('list.seed.yaml', '- adele')],
    ['has a member that is unknown', () => written('member.seed.yaml', 'user: []')],
    ['has a wrong type', () => written('type.seed.json', '{"users":"adele"}')],
    ['has an alias that no token could name', () => written('alias.seed.yaml', 'users: [{ alias: "a b" }]')],
  ])('that %s is one clear line with its name', async (_what, file) => {
    const path = await file();
    const error = await start({ seed: path }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'SeedError' });
    expect((error as Error).message).toContain(path);
    expect((error as Error).message).not.toMatch(/\n/);
  });
});
