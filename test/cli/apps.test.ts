// `unsid apps`: the tables of a seed for people, and the same as JSON.
import { expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { createFakeTerminal } from './fake-terminal.ts';
import { useSeedFiles } from './seed-files.ts';

const write = useSeedFiles();

async function run(...args: string[]) {
  const terminal = createFakeTerminal();
  const code = await runProgram(['apps', ...args], terminal);
  return { code, ...terminal.written };
}

/** The lines below a title. */
function table(out: string, title: string): readonly string[] {
  const block = out.split('\n\n').find((one) => one.startsWith(`${title}\n`)) ?? '';
  return block.trimEnd().split('\n').slice(1);
}

it('prints who is in the default seed, in aligned columns', async () => {
  const { code, out, err } = await run();
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(table(out, 'Users')[1]).toBe('  adele  adele@contoso.example  adele-password  43a02ace-3fd5-5fa9-a438-e1dbe63a3cf1  Adele Vance');
  expect(table(out, 'Clients').map((line) => line.slice(33, 47).trim())).toEqual([
    'kind',
    'confidential',
    'confidential',
    'public',
    'single-page',
  ]);
  expect(table(out, 'Clients').map((line) => line.split(/ {2,}/).at(-1))).toEqual(['implicit flow', 'no', 'no', 'no', 'yes']);
  expect(table(out, 'Secrets and certificates').slice(1)).toEqual([
    '  Contoso app server  secret       contoso-server-secret',
    '  Contoso daemon      certificate  fixtures/seeds/default-daemon.pem',
  ]);
  expect(table(out, 'Tenants')).toHaveLength(3);
  expect(table(out, 'Redirect URIs')).toHaveLength(9);
  expect(table(out, 'Applications')[1]).toBe('  notes.contoso.example  server   Contoso app server, Contoso daemon');
  expect(table(out, 'Block list')).toEqual(['  none']);
  expect(table(out, 'To get a token while the emulator is running')).toEqual([
    '  unsid token --user adele',
    "  unsid token --app 'Contoso app server'",
  ]);
});

it('prints one JSON object with the same', async () => {
  const { code, out, err } = await run('--json');
  expect({ code, err, lines: out.split('\n').length }).toEqual({ code: 0, err: '', lines: 2 });
  const { tenants, users, clients, applications, blockList } = JSON.parse(out);
  expect(tenants).toHaveLength(2);
  expect(users[0]).toEqual({
    alias: 'adele',
    userPrincipalName: 'adele@contoso.example',
    displayName: 'Adele Vance',
    tenant: 'contoso.example',
    id: '43a02ace-3fd5-5fa9-a438-e1dbe63a3cf1',
    password: 'adele-password',
  });
  expect(clients.map(({ kind }: { kind: string }) => kind)).toEqual(['confidential', 'confidential', 'public', 'single-page']);
  expect(clients[0]).toMatchObject({ secrets: ['contoso-server-secret'], redirectUris: { spa: [] } });
  expect(clients.map(({ implicitGrant }: { implicitGrant: boolean }) => implicitGrant)).toEqual([false, false, false, true]);
  expect(applications[0].clientIds.WebPush).toEqual(['8d0d6c0a-7d0b-49a5-9a3b-1f6f1a4f7e44']);
  expect(blockList).toEqual([]);
  expect(out).not.toContain('PRIVATE KEY');
});

it('reads a file instead, with all that may be left out or be unkind to a terminal', async () => {
  const file = await write({
    users: [{ alias: 'eva', displayName: 'E\u001b[2Jva' }],
    clients: [
      { clientId: 'c1', identifierUris: ['api://notes'] },
      { clientId: 'c2', secrets: ["it's"], displayName: 'Two' },
    ],
    applications: [{ hostName: 'notes.example', clientIds: ['c1', 'c9'] }],
    blockList: ['c2', 'c9'],
  });
  const { out } = await run('--seed', file);
  expect(table(out, 'Users')[1]).toMatch(/^ {2}eva {4}eva@contoso\.example {2}\(none\) {4}[0-9a-f-]{36} {2}E\\x1b\[2Jva$/);
  expect(table(out, 'Identifier URIs')).toEqual(['  client  URI', '  c1      api://notes']);
  expect(table(out, 'Applications')[1]).toBe('  notes.example  any  c1, c9');
  expect(table(out, 'Block list').slice(1)).toEqual(['  c2 (Two)', '  c9']);
  expect(table(out, 'To get a token while the emulator is running')).toEqual([`  unsid token --app Two --seed ${file}`]);
  expect(out).not.toContain('Redirect URIs');
});

it('exits with 1 and a line for each problem when the file is of no use', async () => {
  const file = await write({ users: [{ name: 'eva' }] });
  expect(await run('--seed', file)).toEqual({
    code: 1,
    out: '',
    err: `error: seed ${file}: 2 problems\n  line 1: /users/0/alias is missing\n  line 1: /users/0/name is not known\n`,
  });
  const single = await write({ user: [] });
  expect((await run('--seed', single)).err).toBe(`error: seed ${single}: line 1: /user is not known\n`);
});
