// `unsid send` and `unsid device` with credentials: tokens of a small identity platform, shown to the real emulator.
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { Refusal } from '../../src/domain/errors.ts';
import type { Authenticator } from '../../src/domain/ports.ts';
import { application, type TestEmulator, useEmulators } from '../support/emulator.ts';
import { createTestClock } from '../support/time.ts';
import { createEagerTimer } from './eager-timer.ts';
import { createFakeTerminal } from './fake-terminal.ts';
import { type IdentityServer, refusal, tokenAnswer, useIdentityServers } from './identity-server.ts';
import { useServers } from './other-server.ts';

const start = useEmulators();
const startIdentity = useIdentityServers();
const { startSilentServer } = useServers();
const noSuchToken = refusal('invalid_grant', 70000, 'The refresh token is not valid.');

function begin(command: string, args: readonly string[], env: Record<string, string> = {}) {
  const terminal = createFakeTerminal();
  const ended = runProgram([command, ...args], terminal, { env, timer: createEagerTimer(), command: 'unsid' });
  return { terminal, ended: ended.then((code) => ({ code, ...terminal.written })) };
}

const credentials = ({ url }: IdentityServer, ...more: string[]) => ['--authority', `${url}/t1`, '--client-id', 'c1', ...more];
const deviceArgs = ({ url }: TestEmulator, identity: IdentityServer, ...more: string[]) => [
  '--url',
  url,
  '--platform',
  'iOS',
  '--app',
  application,
  '--json',
  ...credentials(identity, ...more),
];

/** Tokens `user.<number>.x` of adele that live an hour, or as long as asked, by the service's clock. */
function hourly(clock: { now(): number }): Authenticator {
  const born = new Map<string, number>();
  return {
    authenticate: async (token = '') => {
      if (!token.startsWith('user.')) return new Refusal('TokenInvalid', 'Access token is not valid.');
      const since = born.get(token) ?? clock.now();
      born.set(token, since);
      if (clock.now() >= since + 3_600_000) return new Refusal('TokenExpired', 'Access token has expired.');
      return {
        kind: 'user',
        userId: 'adele',
        upn: 'adele@contoso.example',
        clientId: 'c1',
        scopes: new Set(['Notifications.ReadWrite.CreatedByApp']),
        expiresAt: since + 3_600_000,
      };
    },
  };
}

async function withHourlyTokens() {
  const clock = createTestClock();
  return start({}, { clock, authenticator: hourly(clock) });
}

describe('unsid send', () => {
  it('[F17] publishes with the token of the app itself', async () => {
    const [emulator, identity] = [await start(), await startIdentity()];
    const { unsid } = await emulator.subscribe('adele');
    identity.replies.push(tokenAnswer({ access_token: 'dev.app.server' }));
    const { ended } = begin('send', [
      ...['--url', emulator.url, '--unsid', unsid, '--app', application, '--raw', 'x'],
      ...credentials(identity, '--client-secret', 's3cret'),
    ]);
    expect(await ended).toMatchObject({ code: 0, out: expect.stringMatching(/^stored /), err: '' });
    expect(identity.asked[0]?.form).toMatchObject({ grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default' });
  });

  it('[F17] publishes to the user who signed in with a code, with no UNSID', async () => {
    const [emulator, identity] = [await start(), await startIdentity()];
    identity.replies.push(refusal('authorization_pending', 70016, 'Pending.'), tokenAnswer());
    const { ended } = begin('send', ['--url', emulator.url, '--app', application, '--raw', 'x', ...credentials(identity)]);
    expect(await ended).toMatchObject({ code: 0, out: expect.stringMatching(/^stored /), err: expect.stringContaining('enter the code') });
  });

  it('exits with 1 in one line when it gets no token, and sends nothing', async () => {
    const identity = await startIdentity();
    identity.replies.push(refusal('invalid_client', 7000215, 'Invalid client secret provided.', 401));
    const silent = await startSilentServer();
    const { ended } = begin('send', ['--url', silent.url, '--app', 'a', '--raw', 'x', ...credentials(identity)], {
      UNSID_CLIENT_SECRET: 's3cret',
    });
    expect(await ended).toEqual({ code: 1, out: '', err: 'error: no token: AADSTS7000215: Invalid client secret provided.\n' });
  });

  it.each([
    ['--token t --client-id c', '--token and --client-id cannot be combined'],
    ['--token t --authority https://h/t', '--token and --authority cannot be combined'],
    ['--certificate f', '--certificate needs an --authority'],
    ['--scope s', '--scope needs an --authority'],
  ])('says in one line what makes no sense, exit 2: %s', async (args, error) => {
    const { ended } = begin('send', ['--app', 'a', '--raw', 'x', ...args.split(' ')]);
    expect(await ended).toEqual({ code: 2, out: '', err: `error: ${error}\n` });
  });
});

describe('unsid device', () => {
  it('[F23] is signed in by a person, with a refresh token asked for, and needs no --user', async () => {
    const [emulator, identity] = [await start(), await startIdentity()];
    identity.replies.push(refusal('authorization_pending', 70016, 'Pending.'), tokenAnswer());
    // A secret that is only in the environment makes no app's token of it.
    const { terminal, ended } = begin('device', deviceArgs(emulator, identity), { UNSID_CLIENT_SECRET: 's3cret' });
    await terminal.shows('"connected"');
    terminal.quit();
    expect(await ended).toMatchObject({ code: 0, err: expect.stringContaining('enter the code HJKM-7Q2W') });
    expect(JSON.parse(terminal.lines()[0] ?? '')).toMatchObject({ event: 'subscribed', deviceId: 'me-ios' });
    expect(identity.asked[0]?.form).toEqual({
      client_id: 'c1',
      scope: 'https://graph.microsoft.com/Notifications.ReadWrite.CreatedByApp offline_access',
    });
  });

  it('exits with 0 when the person quits while no one has signed in', async () => {
    const [emulator, identity] = [await start(), await startIdentity()];
    identity.replies.push(...Array.from({ length: 500 }, () => refusal('authorization_pending', 70016, 'Pending.')));
    for (const more of [[], ['--count', '2']]) {
      const { terminal, ended } = begin('device', deviceArgs(emulator, identity, ...more));
      await terminal.showsError('enter the code');
      terminal.quit();
      expect(await ended).toMatchObject({ code: 0, out: '' });
    }
  });

  it('[F35, R8] comes back with a renewed token when the service ends the line for the old one', async () => {
    const [emulator, identity] = [await withHourlyTokens(), await startIdentity()];
    identity.replies.push(tokenAnswer({ access_token: 'user.1.x', refresh_token: 'r1' }), tokenAnswer({ access_token: 'user.2.x' }));
    const { terminal, ended } = begin('device', deviceArgs(emulator, identity, '--username', 'adele', '--password', 'pa55'));
    await terminal.shows('"connected"');
    await emulator.emulator.advance(3601);
    await terminal.shows('"event":"connected"', 2);
    terminal.quit();
    expect(await ended).toMatchObject({ code: 0, err: '' });
    expect(terminal.written.out).toContain('"code":4401');
    expect(identity.asked.map(({ form }) => form['grant_type'])).toEqual(['password', 'refresh_token']);
    expect(identity.asked[1]?.form).toMatchObject({ refresh_token: 'r1', client_id: 'c1' });
    for (const secret of ['pa55', 'r1', 'user.1']) expect(terminal.written.out).not.toContain(secret);
  });

  it('[F35] signs in anew with the password when the refresh token counts no more', async () => {
    const [emulator, identity] = [await withHourlyTokens(), await startIdentity()];
    identity.replies.push(
      tokenAnswer({ access_token: 'user.1.x', refresh_token: 'r1' }),
      noSuchToken,
      tokenAnswer({ access_token: 'user.2.x' }),
    );
    const { terminal, ended } = begin('device', deviceArgs(emulator, identity, '--username', 'adele', '--password', 'pa55'));
    await terminal.shows('"connected"');
    await emulator.emulator.advance(3601);
    await terminal.shows('"event":"connected"', 2);
    terminal.quit();
    await ended;
    expect(identity.asked.map(({ form }) => form['grant_type'])).toEqual(['password', 'refresh_token', 'password']);
  });

  it.each([[[]], [['--count', '1']]])('ends with 1 and says why when nothing renews the token of a person any more %j', async (more) => {
    const [emulator, identity] = [await withHourlyTokens(), await startIdentity()];
    identity.replies.push(tokenAnswer({ access_token: 'user.1.x', refresh_token: 'r1' }), noSuchToken);
    const { terminal, ended } = begin('device', deviceArgs(emulator, identity, ...more));
    if (more.length === 0) await terminal.shows('"connected"');
    else await emulatorHas(emulator, 1);
    await emulator.emulator.advance(3601);
    expect(await ended).toMatchObject({
      code: 1,
      err: expect.stringMatching(/\nerror: no token: AADSTS70000: The refresh token is not valid\.\n$/),
    });
  });

  it('a fleet signs in once', async () => {
    const [emulator, identity] = [await start(), await startIdentity()];
    const { terminal, ended } = begin(
      'device',
      deviceArgs(emulator, identity, '--username', 'adele', '--password', 'pa55', '--count', '3'),
    );
    await emulatorHas(emulator, 3);
    terminal.quit();
    expect(await ended).toMatchObject({ code: 0, err: '' });
    expect(identity.asked).toHaveLength(1);
  });

  const real = '--authority https://h/t --client-id c';
  it.each([
    [`--token t ${real}`, '--token and --authority cannot be combined'],
    [
      `${real} --client-secret s`,
      'a device needs a token of a user: leave out --client-secret to sign in with a code, or name the user with --username',
    ],
    [
      `${real} --certificate f`,
      'a device needs a token of a user: leave out --certificate to sign in with a code, or name the user with --username',
    ],
    [`${real} --count 2 --users 2`, 'a sign-in gives a token of one user and cannot be combined with several --users'],
    ...[
      '--authority https://h/t',
      '--client-id c',
      '--client-secret s',
      '--certificate f',
      '--username u',
      '--password p',
      '--scope s',
    ].map((option) => [`--script x ${option}`, `${option.split(' ')[0]} has no effect with --script; leave it out`]),
  ])('says in one line what makes no sense, exit 2: %s', async (args = '', error) => {
    const place = args.startsWith('--script') ? [] : ['--platform', 'iOS'];
    const { ended } = begin('device', ['--app', 'a', ...place, ...args.split(' ')]);
    expect(await ended).toEqual({ code: 2, out: '', err: `error: ${error}\n` });
  });
});

/** Looks turn by turn: a fleet shows its count only every few seconds. */
async function emulatorHas(emulator: TestEmulator, connections: number): Promise<void> {
  for (;;) {
    const { body } = await emulator.send<{ connections: number }>({ path: '/_emulator/v1/health', method: 'GET' });
    if (body.connections === connections) return;
  }
}
