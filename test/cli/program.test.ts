// The command line as a whole: help, version, usage errors and exit codes.
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { createFakeTerminal } from './fake-terminal.ts';

async function run(...args: string[]) {
  const terminal = createFakeTerminal();
  const code = await runProgram(args, terminal);
  return { code, ...terminal.written };
}

describe('unsid', () => {
  it('prints its version', async () => {
    expect(await run('--version')).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  it.each([['--help'], ['start --help'], ['device --help'], ['send --help'], ['apps --help'], ['token --help']])(
    'shows help with examples: %s',
    async (args) => {
      const { code, out, err } = await run(...args.split(' '));
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain('Examples:\n  unsid ');
    },
  );

  it.each(['device', 'send', 'token'])('warns of secrets on the command line: %s', async (command) => {
    const { out } = await run(command, '--help');
    const text = out.replace(/\s+/g, ' ');
    expect(text).toContain('secret of the client; prefer UNSID_CLIENT_SECRET, since command lines are visible to others');
    expect(text).toContain('password of that user; prefer UNSID_PASSWORD');
  });

  it('says that apps reads the seed and not an emulator', async () => {
    expect((await run('apps', '--help')).out).toContain('The command reads a seed file, not a running emulator');
  });

  it('shows the help on stderr when it is given nothing', async () => {
    const { code, out, err } = await run();
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Usage: unsid');
  });

  it.each([
    ['fly', "error: unknown command 'fly'"],
    ['send --colour red', "error: unknown option '--colour'"],
    ['send --unsid U --app a', 'error: specify the content: --title, --raw or --file'],
    ['send --unsid U --app a --body x', 'error: specify the content: --title, --raw or --file'],
    ['send --unsid U --app a --raw x --body y', 'error: --body needs a --title'],
    ['send --unsid U --raw x', "error: required option '--app <host name>' not specified"],
    ['send --unsid U --app a --raw x --file f', 'error: --file cannot be combined with --title, --body or --raw'],
    [
      'send --unsid U --app a --raw x --platforms ios,tv',
      "error: option '--platforms <list>' argument 'ios,tv' is invalid. Expected one of Windows, iOS, Android, WebPush.",
    ],
    [
      'send',
      "error: specify the recipient: --user or --unsid; specify the content: --title, --raw or --file; required option '--app <host name>' not specified",
    ],
    ['send --raw x --app a', 'error: specify the recipient: --user or --unsid'],
    ['send --user u --unsid U --raw x --app a', 'error: --unsid and --user cannot be combined'],
    ['device', "error: required options '--user <alias>', '--platform <type>', '--app <host name>' not specified"],
    ['device --user a', "error: required options '--platform <type>', '--app <host name>' not specified"],
    ['contract', "error: required option '--target <url>' not specified"],
    ['proxy', "error: required option '--target <url>' not specified"],
    ...[
      'https://contoso.example',
      'contoso.example/path',
      'contoso.example:443',
      '.example',
      'a..b',
      'a.',
      '-a.b',
      'a-.b',
      `${'a'.repeat(64)}.b`,
      '',
    ].map((host) => [
      `device --user a --platform iOS --app ${host}`,
      `error: option '--app <host name>' argument '${host}' is invalid. Expected a host name such as contoso.example.`,
    ]),
    [
      'contract --target http://x --application a..b',
      "error: option '--application <host name>' argument 'a..b' is invalid. Expected a host name such as contoso.example.",
    ],
    ...[
      ['ttl <seconds>', 'abc', 'Expected a whole number of seconds from 0 to 2147483647; 0 means never displayed.'],
      ['ttl <seconds>', '-5', 'Expected a whole number of seconds from 0 to 2147483647; 0 means never displayed.'],
      ['expires <time>', 'tomorrow', 'Expected a date and a time in ISO 8601, such as 2030-01-31T12:00:00Z.'],
      ['expires <time>', '2020-01-01', 'Expected a time of day after the date, such as 2030-01-31T12:00:00Z.'],
      ['expires <time>', '2020-01-01T10:00', 'Expected a time zone at the end, Z or an offset, such as 2030-01-31T12:00:00Z.'],
      ['expires <time>', '2030-13-01T10:00:00Z', 'Expected a date and a time that exist, such as 2030-01-31T12:00:00Z.'],
    ].map(([option = '', text, expected]) => [
      `send --unsid U --app a --raw x --${option.split(' ')[0]} ${text}`,
      `error: option '--${option}' argument '${text}' is invalid. ${expected}`,
    ]),
    ['device --platform iOS --app a', "error: required option '--user <alias>' not specified"],
    ['device --user a --app a', "error: required option '--platform <type>' not specified"],
    ['device --user a --platform iOS', "error: required option '--app <host name>' not specified"],
    [
      'device --user a --platform tv --app a',
      "error: option '--platform <type>' argument 'tv' is invalid. Expected one of Windows, iOS, Android, WebPush.",
    ],
    [
      'device --user a --platform iOS --app a --url ftp://x',
      "error: option '--url <url>' argument 'ftp://x' is invalid. Expected an http or https URL.",
    ],
    ['device --app a --count 0', "error: option '--count <n>' argument '0' is invalid. Expected a whole number from 1 to 9999999."],
    ['device --app a --count 2 --users 3', 'error: --users must not exceed --count'],
    ['device --app a --users 3', 'error: --users needs --count'],
    ['device --app a --count 2 --users 2 --token t', 'error: --token is a token of one user and cannot be combined with several --users'],
    ['device --user a --platform iOS --app a --app-token t', 'error: --app-token needs --script'],
    ...['--device-id d', '--display-name n', '--app-token t'].map((option) => [
      `device --app a --count 2 ${option}`,
      `error: ${option.split(' ')[0]} has no effect with --count; leave it out`,
    ]),
    ...['--count 2', '--users 2', '--battery-saver', '--user a', '--platform iOS', '--token t', '--device-id d', '--display-name n'].map(
      (option) => [`device --script x ${option}`, `error: ${option.split(' ')[0]} has no effect with --script; leave it out`],
    ),
  ])('says in one line what is wrong with: %s', async (args = '', error) => {
    expect(await run(...args.split(' '))).toEqual({ code: 2, out: '', err: `${error}\n` });
  });

  it('refuses an application that is not a host name, for every command', async () => {
    for (const args of [['device'], ['send', '--raw', 'x'], ['device', '--count', '2']]) {
      expect(await run(...args, '--app', 'not a host')).toEqual({
        code: 2,
        out: '',
        err: "error: option '--app <host name>' argument 'not a host' is invalid. Expected a host name such as contoso.example.\n",
      });
    }
  });

  it('lets no control character of an argument act on the terminal, and keeps an error to one line', async () => {
    const file = await run('send', '--unsid', 'U', '--app', 'a', '--file', '/no\u001b[2J\nwhere');
    expect(file.err).toBe('error: /no\\x1b[2J ⏎ where: cannot be read: there is no such file\n');
    const option = await run('send', '--\u001b[2J');
    expect(option.err).toBe("error: unknown option '--\\x1b[2J'\n");
  });

  it.each([
    ['--token', 'bad token\nx', 'The token'],
    ['--token', 'bad token €', 'The token'],
    ['--unsid', 'bad token\nx', 'The UNSID'],
  ])('never prints what cannot be sent in a header: %s %j', async (option, value, what) => {
    const { code, err } = await run('send', '--app', 'a', '--raw', 'x', '--url', 'http://127.0.0.1:9', option, value);
    expect(code).toBe(1);
    expect(err).toMatch(new RegExp(`^error: ${what} cannot be sent: [^\\n]+\n$`));
    expect(err).not.toContain('bad token');
    expect(err).not.toContain('emulator');
  });

  it('exits with 1 and one line when no server listens', async () => {
    const device = await run(...'device --user a --platform iOS --app a --url http://127.0.0.1:9'.split(' '));
    expect(device).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^error: No connection to http:\/\/127\.0\.0\.1:9: .*\n$/),
    });
    expect(device.err.split('\n')).toHaveLength(2);
  });

  it.each([
    ['send --unsid U --app a --file /nowhere.json', '/nowhere.json: cannot be read: there is no such file'],
    ['device --script /nowhere.yaml', '/nowhere.yaml: cannot be read: there is no such file'],
  ])('exits with 1 for a file that is not there: %s', async (args, error) => {
    expect(await run(...args.split(' '))).toEqual({ code: 1, out: '', err: `error: ${error}\n` });
  });
});
