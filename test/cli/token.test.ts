// `unsid token` against a small identity platform: what it asks for, what it prints where, and what it never prints.
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { createEagerTimer } from './eager-timer.ts';
import { createFakeTerminal } from './fake-terminal.ts';
import { deviceCode, refusal, tokenAnswer, useIdentityServers } from './identity-server.ts';
import { useServers } from './other-server.ts';

const start = useIdentityServers();
const { startServer } = useServers();

const GRAPH_DEFAULT = 'https://graph.microsoft.com/.default';
const USER_SCOPE = 'https://graph.microsoft.com/Notifications.ReadWrite.CreatedByApp';
const APP = { client_id: '5f1c7b1e-0c9e-4c57-9d0a-6a1f3f2b7c11', client_secret: 'contoso-server-secret' };
const PHONE = '2b6f0b8d-51a7-4d57-8f5c-2f7b0b0a9d33';
const pending = refusal('authorization_pending', 70016, 'Pending.');

function begin(args: readonly string[], env: Record<string, string> = {}) {
  const terminal = createFakeTerminal();
  const timer = createEagerTimer();
  const ended = runProgram(['token', ...args], terminal, { env, timer, command: 'unsid' });
  return { terminal, timer, ended: ended.then((code) => ({ code, ...terminal.written })) };
}
const run = (args: readonly string[], env: Record<string, string> = {}) => begin(args, env).ended;
const words = (text: string) => text.split(' ');

describe('of the emulator', () => {
  it.each<[string, string, object]>([
    ['of a client by its name', '--app=Contoso app server', { ...APP, grant_type: 'client_credentials', scope: GRAPH_DEFAULT }],
    ['of a client by its id', `--app=${APP.client_id}`, { ...APP, grant_type: 'client_credentials', scope: GRAPH_DEFAULT }],
    [
      'of a user by alias',
      '--user=adele',
      { grant_type: 'password', client_id: PHONE, username: 'adele@contoso.example', password: 'adele-password', scope: USER_SCOPE },
    ],
    [
      'of a user at a confidential client',
      `--user=BERT@contoso.example|--client-id=${APP.client_id}|--scope=openid`,
      { ...APP, grant_type: 'password', username: 'bert@contoso.example', password: 'bert-password', scope: 'openid' },
    ],
    [
      'for a resource',
      '--app=Contoso app server|--resource=api://x',
      { ...APP, grant_type: 'client_credentials', scope: 'api://x/.default' },
    ],
  ])('[F32, F35] prints just the token %s', async (_what, args, form) => {
    const { url, asked } = await start();
    expect(await run(['--url', url, ...args.split('|')])).toEqual({ code: 0, out: 'dev.user.adele\n', err: '' });
    expect(asked).toEqual([{ path: '/contoso.example/oauth2/v2.0/token', form }]);
  });

  it('asks the tenant of the user, or the one that is named', async () => {
    const { url, asked } = await start();
    await run(['--url', `${url}/`, '--user', 'dana']);
    await run(['--url', url, '--user', 'dana', '--tenant', 'common']);
    expect(asked.map(({ path }) => path)).toEqual(['/fabrikam.example/oauth2/v2.0/token', '/common/oauth2/v2.0/token']);
  });

  it('[F33] signs with the certificate of the seed', async () => {
    const { url, asked } = await start();
    expect(await run(['--url', url, '--app', 'Contoso daemon'])).toMatchObject({ code: 0 });
    const { client_assertion: assertion = '', ...form } = asked[0]?.form ?? {};
    expect(form).toEqual({
      grant_type: 'client_credentials',
      client_id: '7c3e9d20-64b1-4f0e-8a55-0d9b6e1c4f22',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      scope: GRAPH_DEFAULT,
    });
    const claims: unknown = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({ aud: `${url}/contoso.example/oauth2/v2.0/token` });
  });

  it.each([
    ['Contoso app server', `api://${APP.client_id}/.default`],
    ['contoso APP server', `api://${APP.client_id}/.default`],
    [APP.client_id, `${APP.client_id}/.default`],
    ['Graph', 'https://graph.microsoft.com/.default'],
    ['api://other', 'api://other/.default'],
  ])('[F36] asks for the resource %s as %s', async (resource, scope) => {
    const { url, asked } = await start();
    await run(['--app', 'Contoso app server', '--url', url, '--resource', resource]);
    expect(asked).toMatchObject([{ form: { scope } }]);
  });

  it('[F40] asks v1 for a resource and prints the whole answer as JSON', async () => {
    const { url, asked, replies, metadataCalls } = await start();
    const answer = {
      token_type: 'Bearer',
      expires_in: '3599',
      ext_expires_in: '3599',
      expires_on: '1',
      not_before: '1',
      resource: 'r',
      access_token: 'a.b.c',
    };
    replies.push([200, answer]);
    const { code, out, err } = await run(['--url', url, '--app', 'Contoso app server', '--v1', '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`${JSON.stringify(answer)}\n`);
    expect(metadataCalls).toEqual(['/contoso.example/.well-known/openid-configuration']);
    expect(asked[0]).toEqual({
      path: '/contoso.example/oauth2/token',
      form: { ...APP, grant_type: 'client_credentials', resource: 'https://graph.microsoft.com' },
    });
  });

  it.each([
    ['--app nobody', 'the seed has no client nobody; list what it has with: unsid apps'],
    ['--user nobody', 'the seed has no user nobody; list what it has with: unsid apps'],
    ['--user adele --client-id nobody', 'the seed has no client nobody; list what it has with: unsid apps'],
    [
      `--app ${PHONE}`,
      'Contoso phone and desktop app has neither secret nor certificate, so it cannot get a token of its own: name a user with --user',
    ],
    [
      '--user adele --seed fixtures/seeds/contoso.yaml',
      'the seed has no password for adele: sign in on the page instead, with --authority and --client-id',
    ],
    ['--user adele --seed /nowhere.yaml', 'seed /nowhere.yaml: cannot be read: there is no such file'],
  ])('exits with 1 for what the seed does not have: %s', async (args, error) => {
    expect(await run(words(args))).toEqual({ code: 1, out: '', err: `error: ${error}\n` });
  });

  it('exits with 1 and says how to start it when it does not run', async () => {
    expect(await run(['--user', 'adele', '--url', 'http://127.0.0.1:9'])).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(
        /^error: No connection to http:\/\/127\.0\.0\.1:9: .+\. Is the emulator running\? Start it with: unsid start\n$/,
      ),
    });
  });
});

describe('of a real platform', () => {
  it.each<[string, string[], Record<string, string>, object]>([
    ['a secret on the command line', ['--client-secret', 's3cret'], {}, { client_secret: 's3cret', scope: GRAPH_DEFAULT }],
    ['a secret in the environment', [], { UNSID_CLIENT_SECRET: 's3cret' }, { client_secret: 's3cret', scope: GRAPH_DEFAULT }],
    [
      'a certificate',
      ['--certificate', 'fixtures/seeds/default-daemon.pem', '--scope', 'api://x/.default'],
      { UNSID_CLIENT_SECRET: 's3cret' },
      { client_assertion: expect.stringMatching(/^ey/), scope: 'api://x/.default' },
    ],
    [
      'a password in the environment',
      ['--username', 'adele'],
      { UNSID_PASSWORD: 'pa55' },
      { grant_type: 'password', username: 'adele', password: 'pa55', scope: USER_SCOPE },
    ],
    [
      'a password on the command line, which comes first',
      ['--username', 'adele', '--password', 'pa55'],
      { UNSID_PASSWORD: 'other', UNSID_CLIENT_SECRET: 's3cret' },
      { password: 'pa55', client_secret: 's3cret' },
    ],
  ])('[F32, F33, F35] is asked for with %s', async (_what, args, env, form) => {
    const { url, asked } = await start();
    expect(await run(['--authority', `${url}/t1`, '--client-id', 'c1', ...args], env)).toMatchObject({ code: 0, err: '' });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ path: '/t1/oauth2/v2.0/token', form: { client_id: 'c1', ...form } });
    if (args.includes('--certificate')) expect(asked[0]?.form).not.toHaveProperty('client_secret');
  });

  it('[F37] shows a person on stderr where to go and what to type, waits, and prints the token on stdout', async () => {
    const { url, asked, replies } = await start();
    replies.push(pending, refusal('slow_down', 70016, 'Slow down.'), pending, tokenAnswer());
    const { ended, timer } = begin(['--authority', `${url}/t1`, '--client-id', 'c1']);
    expect(await ended).toEqual({
      code: 0,
      out: 'dev.user.adele\n',
      err: `To sign in, open ${deviceCode.verification_uri} and enter the code HJKM-7Q2W. Press Ctrl-C to cancel.\n`,
    });
    expect(timer.waits).toEqual([5000, 5000, 10_000, 10_000]);
    expect(asked[0]).toEqual({ path: '/t1/oauth2/v2.0/devicecode', form: { client_id: 'c1', scope: USER_SCOPE } });
    expect(asked.slice(1).every(({ form }) => form['device_code'] === deviceCode.device_code)).toBe(true);
  });

  it('[F37] exits with 1 when the person gives up', async () => {
    const { url, replies } = await start();
    replies.push(...Array.from({ length: 1000 }, () => pending));
    const { terminal, ended } = begin(['--authority', `${url}/t1`, '--client-id', 'c1']);
    await terminal.showsError('enter the code');
    terminal.quit();
    expect(await ended).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/\nerror: cancelled\n$/) });
  });

  it('[F37] exits with 1 when no one signs in in time', async () => {
    const { url, replies } = await start({ codeLivesSeconds: 30 });
    replies.push(...Array.from({ length: 1000 }, () => pending));
    const { ended, timer } = begin(['--authority', `${url}/t1`, '--client-id', 'c1']);
    const { code, out, err } = await ended;
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/\nerror: no token: expired_token: The device code expired before a user signed in with it\.\n$/);
    expect(timer.now()).toBe(30_000);
  });
});

describe('a refusal', () => {
  const SECRETS = ['s3cret-of-app', 'pa55-of-adele', 'BEGIN'];
  const secret = ['--client-secret', 's3cret-of-app'];

  it.each<[string, readonly string[], Parameters<typeof refusal>, string]>([
    [
      'a secret',
      secret,
      ['invalid_client', 7000215, 'Invalid client secret provided.', 401],
      'AADSTS7000215: Invalid client secret provided.',
    ],
    [
      'an echoed secret',
      secret,
      ['invalid_client', 7000215, "Invalid secret 's3cret-of-app'.", 401],
      "AADSTS7000215: Invalid secret '(secret)'.",
    ],
    [
      'a password',
      ['--username', 'adele', '--password', 'pa55-of-adele'],
      ['invalid_grant', 50126, 'Wrong password pa55-of-adele.'],
      'AADSTS50126: Wrong password (secret).',
    ],
    [
      'a certificate',
      ['--certificate', 'fixtures/seeds/default-daemon.pem'],
      ['invalid_client', 700027, 'Bad\r\nassertion \u001b[2J.'],
      'AADSTS700027: Bad assertion \\x1b[2J.',
    ],
  ])('of %s is one line with its description, exit 1, and nothing secret', async (_what, args, refused, reason) => {
    const { url, replies } = await start();
    replies.push(refusal(...refused));
    const { code, out, err } = await run(['--authority', `${url}/t1`, '--client-id', 'c1', ...args]);
    expect({ code, out, err }).toEqual({ code: 1, out: '', err: `error: no token: ${reason}\n` });
    for (const one of SECRETS) expect(err).not.toContain(one);
  });

  it.each([
    [200, 'text/html', '<h1>It works!</h1>', 'HTTP 200'],
    [404, 'application/json', '{"error":{"code":"NotFound"}}', 'HTTP 404'],
    [302, 'text/plain', '', 'HTTP 302'],
  ])('of what is no identity platform names its metadata: %i %s', async (status, contentType, body, reason) => {
    const { url } = await startServer(status, contentType, body);
    const { code, err } = await run(['--authority', `${url}/t1`, '--client-id', 'c1', ...secret]);
    expect({ code, err }).toEqual({
      code: 1,
      err: `error: no token: ${reason}: The response is not the expected metadata (${url}/t1/v2.0/.well-known/openid-configuration) of the identity platform.\n`,
    });
  });

  it.each([
    ['/nowhere.pem', '/nowhere.pem: cannot be read: there is no such file'],
    ['package.json', 'package.json: expected a certificate in PEM format, and found none'],
  ])('of a certificate file that is of no use: %s', async (file, error) => {
    const { url } = await start();
    const outcome = await run(['--authority', `${url}/t1`, '--client-id', 'c1', '--certificate', file]);
    expect(outcome).toEqual({ code: 1, out: '', err: `error: ${error}\n` });
  });
});

describe('the command line', () => {
  const whose = 'specify the subject of the token: --app, --user, or --authority with --client-id';
  const real = '--authority https://h/t --client-id c';
  it.each([
    ['', whose],
    ['--scope x', whose],
    ['--app a --user b', '--app and --user cannot be combined'],
    ['--app a --client-id c', '--app and --client-id cannot be combined'],
    ['--user a --authority https://h/t', '--user and --authority cannot be combined'],
    ['--user a --client-secret s', '--user and --client-secret cannot be combined'],
    [`${real} --url http://h`, '--url needs --app or --user'],
    [`${real} --tenant t`, '--tenant needs --app or --user'],
    [`${real} --seed s`, '--seed needs --app or --user'],
    [`${real} --v1`, '--v1 does not support the sign-in with a code; pass a client secret, a certificate or --username'],
    ['--app a --v1 --scope x', '--v1 needs --resource instead of --scope'],
    ['--app a --resource r --scope x', '--scope and --resource cannot be combined'],
    ['--client-id c', '--client-id needs an --authority'],
    ['--client-secret s', '--client-secret needs an --authority'],
    ['--authority https://h/t', '--authority needs a --client-id'],
    [`${real} --client-secret s --certificate c`, '--client-secret and --certificate cannot be combined'],
    [`${real} --username u`, '--username needs a password: set UNSID_PASSWORD'],
    [`${real} --password p`, '--password needs a --username'],
    [
      '--authority https://h/ --client-id c',
      "option '--authority <url>' argument 'https://h/' is invalid. Expected an authority with a tenant: https://h/<tenant>.",
    ],
  ])('says in one line what makes no sense, exit 2: %s', async (args, error) => {
    expect(await run(args === '' ? [] : words(args))).toEqual({ code: 2, out: '', err: `error: ${error}\n` });
  });
});
