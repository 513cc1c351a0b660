// The command `unsid apps`: prints the registrations of a seed, as tables or as JSON.
import { relative } from 'node:path';
import type { Command } from 'commander';
import type { Client } from '../../identity/registry/registrations.ts';
import type { ClientIdsByRole, Seed } from '../../identity/registry/seed.ts';
import { type Directory, kindOf, readDirectory } from '../credentials/directory.ts';
import { notEmpty } from '../terminal/options.ts';
import { shippedFixture } from '../terminal/shipped.ts';
import { type Table, tableLines } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { safeJson, safeLine, shellWord } from '../terminal/text.ts';

interface AppsFlags {
  readonly seed?: string;
  readonly json?: boolean;
}

const helpText = `
The command reads a seed file, not a running emulator: pass the file with which the emulator was started.

Examples:
  unsid apps                                          the built-in seed, which an emulator uses without --seed
  unsid apps --seed ${shippedFixture('seeds/contoso.yaml')}
  unsid apps --json | jq -r '.clients[] | select(.kind == "confidential") | .clientId'`;

type Application = NonNullable<Seed['applications']>[number];

/** Each role (`server`, `iOS` …) with its client IDs; `any` if the seed does not distinguish roles. */
function rolesOf({ clientIds }: Application): readonly (readonly [string, readonly string[]])[] {
  // The schema allows a list of client IDs or an object by role.
  return Array.isArray(clientIds) ? [['any', clientIds]] : Object.entries(clientIds as ClientIdsByRole);
}

function redirectsOf({ redirectUris }: Client): readonly (readonly [string, string])[] {
  return Object.entries(redirectUris).flatMap(([kind, uris]) => uris.map((uri: string) => [kind, uri] as const));
}

/** A path relative to the working directory if the file is below it. */
function fileName(file: string): string {
  const near = relative(process.cwd(), file);
  return near.startsWith('..') ? file : near;
}

function credentialsOf(client: Client, { seedOf }: Directory): readonly (readonly [string, string])[] {
  const seed = seedOf(client);
  const certificates = (seed?.certificates ?? []).map(
    ({ file }) => ['certificate', file === undefined ? '(in the seed)' : fileName(file)] as const,
  );
  return [...client.secrets.map((secret) => ['secret', secret] as const), ...certificates];
}

function tablesOf(directory: Directory): readonly Table[] {
  const { tenants, users, clients, seed } = directory.registrations;
  const nameOf = (clientId: string): string => directory.registrations.client(clientId)?.displayName ?? clientId;
  const more: readonly Table[] = [
    {
      title: 'Secrets and certificates',
      heads: ['client', 'kind', 'value'],
      rows: clients.flatMap((client) => credentialsOf(client, directory).map((row) => [client.displayName, ...row])),
    },
    {
      title: 'Redirect URIs',
      heads: ['client', 'kind', 'URI'],
      rows: clients.flatMap((client) => redirectsOf(client).map((row) => [client.displayName, ...row])),
    },
    {
      title: 'Identifier URIs',
      heads: ['client', 'URI'],
      rows: clients.flatMap((client) => (directory.seedOf(client)?.identifierUris ?? []).map((uri) => [client.displayName, uri])),
    },
  ];
  return [
    { title: 'Tenants', heads: ['domain', 'id', 'name'], rows: tenants.map(({ domain, id, displayName }) => [domain, id, displayName]) },
    {
      title: 'Users',
      heads: ['alias', 'user principal name', 'password', 'id', 'name'],
      rows: users.map(({ alias, upn, password, oid, displayName }) => [alias, upn, password ?? '(none)', oid, displayName]),
    },
    {
      title: 'Clients',
      heads: ['name', 'kind', 'client id', 'tenant', 'implicit flow'],
      rows: clients.map((client) => [
        client.displayName,
        kindOf(client),
        client.clientId,
        client.tenant.domain,
        client.allowsImplicitGrant ? 'yes' : 'no',
      ]),
    },
    {
      title: 'Applications',
      heads: ['host name', 'for', 'clients'],
      rows: (seed.applications ?? []).flatMap((app) => rolesOf(app).map(([role, ids]) => [app.hostName, role, ids.map(nameOf).join(', ')])),
    },
    ...more.filter(({ rows }) => rows.length > 0),
    {
      title: 'Block list',
      heads: ['client'],
      rows: (seed.blockList ?? []).map((id) => [nameOf(id) === id ? id : `${id} (${nameOf(id)})`]),
    },
  ];
}

/** Commands to paste that use these registrations. */
function exampleLines({ registrations, publicClient, file }: Directory): readonly string[] {
  const user = registrations.users.find(({ password }) => password !== undefined);
  const app = registrations.clients.find(({ isConfidential }) => isConfidential);
  const from = file === undefined ? '' : ` --seed ${shellWord(safeLine(file))}`;
  return [
    ...(user && publicClient ? [`unsid token --user ${shellWord(safeLine(user.alias))}${from}`] : []),
    ...(app ? [`unsid token --app ${shellWord(safeLine(app.displayName))}${from}`] : []),
  ];
}

function jsonOf(directory: Directory): object {
  const { tenants, users, clients, seed } = directory.registrations;
  return {
    tenants,
    users: users.map(({ alias, upn, displayName, tenant, oid, password }) => ({
      alias,
      userPrincipalName: upn,
      displayName,
      tenant: tenant.domain,
      id: oid,
      password: password ?? null,
    })),
    clients: clients.map((client) => ({
      clientId: client.clientId,
      displayName: client.displayName,
      kind: kindOf(client),
      tenant: client.tenant.domain,
      secrets: client.secrets,
      certificates: (directory.seedOf(client)?.certificates ?? []).map(({ file }) => ({ file: file ?? null })),
      redirectUris: client.redirectUris,
      implicitGrant: client.allowsImplicitGrant,
      identifierUris: directory.seedOf(client)?.identifierUris ?? [],
    })),
    applications: (seed.applications ?? []).map((app) => ({ hostName: app.hostName, clientIds: Object.fromEntries(rolesOf(app)) })),
    blockList: seed.blockList ?? [],
  };
}

async function apps({ seed, json }: AppsFlags, terminal: Terminal): Promise<void> {
  const directory = await readDirectory(seed);
  if (json === true) return void terminal.out.print([safeJson(jsonOf(directory))]);
  const { colors, print } = terminal.out;
  for (const table of tablesOf(directory)) print([...tableLines(table, colors), '']);
  const examples = exampleLines(directory);
  if (examples.length > 0) {
    print([colors.bold('To get a token while the emulator is running'), ...examples.map((line) => `  ${colors.cyan(line)}`)]);
  }
}

export function registerApps(program: Command, terminal: Terminal): void {
  program
    .command('apps')
    .description('Print tenants, users with passwords, clients with secrets, and applications of a seed')
    .option('--seed <file>', 'seed file (default: the built-in seed, which an emulator uses without --seed)', notEmpty)
    .option('--json', 'print one JSON object')
    .addHelpText('after', helpText)
    .action((flags: AppsFlags) => apps(flags, terminal));
}
