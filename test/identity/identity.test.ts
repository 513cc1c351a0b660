// Callers: development tokens, seed files, registered applications, block list and throttling.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createAdmission } from '../../src/identity/registry/admission.ts';
import { createRegistrations } from '../../src/identity/registry/registrations.ts';
import { createRegistry } from '../../src/identity/registry/registry.ts';
import { defaultSeedFile, loadSeed, validateSeed } from '../../src/identity/registry/seed.ts';
import { createDevelopmentAuthenticator } from '../../src/identity/tokens/development-tokens.ts';
import { aliasBomb } from '../support/alias-bomb.ts';
import { createTestClock } from '../support/time.ts';

const authenticator = createDevelopmentAuthenticator(
  createRegistrations({ users: [{ alias: 'Adele', userPrincipalName: 'adele@contoso.com' }] }),
);

describe('development tokens', () => {
  it.each([
    ['dev.app.server', { kind: 'app', clientId: 'server' }],
    ['dev.user.ADELE', { kind: 'user', userId: 'adele', upn: 'adele@contoso.com', clientId: undefined }],
    ['dev.user.bert~app', { kind: 'user', userId: 'bert', upn: 'bert@unsid.example', clientId: 'app' }],
    ['dev.user.gnstest@contoso.com', { kind: 'user', upn: 'gnstest@contoso.com' }],
  ])('[F17] %s is a caller', async (token, caller) => {
    expect(await authenticator.authenticate(token)).toMatchObject(caller);
  });

  it('[F23] of users carry the scopes of the service', async () => {
    const caller = await authenticator.authenticate('dev.user.adele');
    expect('scopes' in caller && [...caller.scopes]).toContain('UserActivity.ReadWrite.CreatedByApp');
  });

  it.each([
    [undefined, 'TokenMissing'],
    ['', 'TokenMissing'],
    ['dev.app.', 'TokenInvalid'],
    ['dev.user.a b', 'TokenInvalid'],
    ['dev.user.a~', 'TokenInvalid'],
    ['dev.admin.a', 'TokenInvalid'],
    ['eyJhbGciOiJub25lIn0.e30.', 'TokenInvalid'],
  ])('[F18] %s is refused as %s', async (token, kind) => {
    expect(await authenticator.authenticate(token)).toMatchObject({ name: 'Refusal', kind });
  });
});

describe('the registry', () => {
  const registry = createRegistry({ applications: [{ hostName: 'Contoso.Example', clientIds: ['server'] }] });

  it.each([
    ['contoso.example', 'server', true],
    ['contoso.example', 'other', false],
    ['contoso.example', undefined, true],
    ['unregistered.example', 'other', true],
  ])('[F30] lets for %s the client %s act: %s', (application, clientId, expected) => {
    expect(registry.isClientOf(application, clientId)).toBe(expected);
  });
});

describe('admission', () => {
  const call = { caller: { kind: 'app', clientId: 'server' } as const, operationId: 'postNotification' };

  it('[F18] refuses a client on the block list and no other', async () => {
    const admission = createAdmission({ blockList: ['mallory'] }, createTestClock());
    expect(await admission.admit({ ...call, caller: { kind: 'app', clientId: 'mallory' } })).toMatchObject({ kind: 'CallerBlocked' });
    expect(await admission.admit(call)).toBeUndefined();
  });

  it.each([
    [429, 'Throttled'],
    [406, 'ThrottledAsNotAcceptable'],
    [undefined, 'Throttled'],
  ] as const)('[D8] throttles each client by the minute, as %s, and says when to try again', async (status, kind) => {
    const clock = createTestClock(0);
    const admission = createAdmission({ throttling: { callsPerMinute: 2, ...(status ? { status } : {}) } }, clock);
    await admission.admit(call);
    clock.moveTo(20_500);
    expect(await admission.admit(call)).toBeUndefined();
    expect(await admission.admit(call)).toMatchObject({ kind, retryAfterSeconds: 40 });
    expect(await admission.admit({ ...call, caller: { kind: 'app', clientId: 'other' } })).toBeUndefined();
    clock.moveTo(60_000);
    expect(await admission.admit(call)).toBeUndefined();
  });
});

describe('the seed that is shipped', () => {
  it('is one that its schema allows, before and after its certificates were read', async () => {
    const written: unknown = parse(readFileSync(defaultSeedFile, 'utf8'));
    await expect(validateSeed(written, 'default.yaml')).resolves.toEqual(written);
    const loaded = await loadSeed(defaultSeedFile);
    await expect(validateSeed(loaded, 'default.yaml')).resolves.toEqual(loaded);
  });
});

describe('a seed file', () => {
  const file = (name: string, text: string) => {
    const path = join(mkdtempSync(join(tmpdir(), 'unsid-seed-')), name);
    writeFileSync(path, text);
    return path;
  };

  it('is read as YAML and as JSON', async () => {
    expect(await loadSeed(file('seed.yaml', 'blockList: [mallory]'))).toEqual({ blockList: ['mallory'] });
    expect(await loadSeed(file('seed.json', '{"blockList":["mallory"]}'))).toEqual({ blockList: ['mallory'] });
    expect(await loadSeed(file('empty.yaml', ''))).toEqual({});
  });

  it('of the project is valid', async () => {
    expect((await loadSeed('fixtures/seeds/contoso.yaml')).users).toHaveLength(2);
  });

  it.each([
    ['missing', '/nowhere/seed.yaml', /^seed \/nowhere\/seed\.yaml: cannot be read: there is no such file$/],
    ['no YAML', file('a.yaml', 'a: [b'), /^seed .*a\.yaml: line 1, column \d+: .*$/],
    [
      'two documents',
      file('b.yaml', '---\nusers: []\n---\nusers: []\n'),
      /^seed .*b\.yaml: line 3, column 1: there is more than one document$/,
    ],
    ['an alias bomb', file('c.yaml', aliasBomb('blockList')), /^seed .*c\.yaml: its aliases stand for too many values; write them out$/],
    ['an alias of nothing', file('d.yaml', 'blockList: *nothing'), /^seed .*d\.yaml: Unresolved alias .*nothing$/],
  ])('that is %s is one clear line', async (_, path, message) => {
    await expect(loadSeed(path)).rejects.toThrow(message);
  });

  it('names several certificates that cannot be read, always in the same order', async () => {
    const clients = ['a', 'b', 'c'].map((clientId) => ({
      clientId,
      certificates: [{ file: `${clientId}1.pem` }, { file: `${clientId}2.pem` }],
    }));
    const path = file('seed.json', JSON.stringify({ clients }));
    const errors = await Promise.all(Array.from({ length: 20 }, () => loadSeed(path).catch(String)));
    const names = ['a1', 'a2', 'b1', 'b2', 'c1', 'c2'].map((name) => expect.stringContaining(`${name}.pem`));
    expect(new Set(errors).size).toBe(1);
    expect(String(errors[0]).split('; ')).toEqual(names);
  });

  it.each([
    [{ users: [{ name: 'adele' }] }, /: \/users\/0\/alias is missing; \/users\/0\/name is not known$/],
    [{ user: [] }, /: \/user is not known$/],
    [{ applications: [{ hostName: 'a', clientIds: 'x' }] }, /: \/applications\/0\/clientIds must be array or object$/],
    [{ applications: [{ hostName: 'a', clientIds: [7] }] }, /: \/applications\/0\/clientIds\/0 must be string$/],
    [{ throttling: { status: 500 } }, /: \/throttling\/status must be equal to one of the allowed values: 429, 406$/],
    [
      { users: [{ alias: 'a', tenant: 'x' }], clients: [{ clientId: 'c' }, { clientId: 'C', certificates: [{ pem: 'x' }] }] },
      /: \/clients\/1\/clientId names C twice; \/users\/0\/tenant names the tenant x, which .*; \/clients\/1\/certificates\/0 has no certificate in PEM$/,
    ],
    [[], /must be object/],
    [{ users: [{ alias: 'adele' }, { alias: 'Adele' }] }, /\/users\/1\/alias names Adele twice/],
    [{ applications: ['a', 'b', 'A'].map((hostName) => ({ hostName, clientIds: [] })) }, /\/applications\/2\/hostName names A twice/],
  ])('that says %j points at all that is wrong', async (value, message) => {
    await expect(validateSeed(value, 'seed.yaml')).rejects.toThrow(message);
  });

  it('is reported with the line of each problem, whatever finds it', async () => {
    const broken = file('lines.yaml', 'users:\n  - alias: "a b"\n  - name: bert\nthrottling:\n  status: 500\n');
    const error = await loadSeed(broken).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      problems: [
        expect.stringMatching(/^line 2: \/users\/0\/alias must match pattern /),
        'line 3: /users/1/alias is missing',
        'line 3: /users/1/name is not known',
        'line 5: /throttling/status must be equal to one of the allowed values: 429, 406',
      ],
    });
    const names = file(
      'names.yaml',
      'users:\n  - { alias: adele }\n  - alias: Adele\nclients:\n  - clientId: c\n    certificates:\n      - file: no.pem\n',
    );
    await expect(loadSeed(names)).rejects.toThrow(
      /: line 7: \/clients\/0\/certificates\/0\/file names \/\S+no\.pem, which cannot be read: there is no such file; line 3: \/users\/1\/alias names Adele twice$/,
    );
    const syntax = file('syntax.yaml', 'users: [\nclients: [\n');
    await expect(loadSeed(syntax)).rejects.toThrow(/line \d, column \d+: .*; line \d, column \d+: /);
  });
});
