// Probes of every identity operation in turn: each status that its document declares, whatever the operation does.
import { got, identityCalls, isForm, type Some } from './identity-calls.ts';
import type { Probe } from './probe.ts';
import type { Call, Rig } from './rig.ts';

const guid = '1f0c2b9e-5c2c-4c7f-9a53-3f6b1f3f0b11';

interface Variant {
  readonly name: string;
  readonly of?: (call: Call) => boolean;
  readonly alter: (call: Call) => Call;
  readonly before?: (rig: Rig) => void;
}

const withHeaders =
  (headers: Readonly<Record<string, string>>) =>
  (call: Call): Call => ({ ...call, headers: { ...call.headers, ...headers } });
const hasBody = ({ body }: Call) => body !== undefined;
const namesTenant = ({ path }: Call) => !path.startsWith('/common/');

const variants: readonly Variant[] = [
  { name: 'as it should be', alter: (call) => call },
  { name: 'with a request id of the client', alter: withHeaders({ 'client-request-id': guid }) },
  { name: 'over TLS', alter: withHeaders({ 'x-pretend-tls': '1', Connection: 'close' }) },
  { name: 'with an Origin', alter: withHeaders({ Origin: 'https://localhost:5173' }) },
  { name: 'with an unknown session', alter: withHeaders({ Cookie: 'unsid-session=nobody' }) },
  { name: 'at any tenant', alter: (call) => ({ ...call, path: call.path.replace(/^\/[^/]+/, '/organizations') }), of: namesTenant },
  {
    name: 'at an unknown tenant',
    alter: (call) => ({ ...call, path: call.path.replace(/^\/[^/]+/, '/nowhere.example') }),
    of: namesTenant,
  },
  { name: 'while it fails', alter: (call) => call, before: (rig) => rig.failOnce() },
  { name: 'by a method that it does not have', alter: ({ of, path }) => ({ of, path, method: 'PUT' }) },
  { name: 'with an empty form', alter: (call) => ({ ...call, body: '' }), of: hasBody },
  { name: 'with a body of no media type', alter: (call) => ({ ...call, headers: {} }), of: hasBody },
  { name: 'with JSON for a body', alter: (call) => ({ ...call, body: {}, headers: {} }), of: hasBody },
  { name: 'with a body over nothing that is known', alter: withHeaders({ 'Content-Encoding': 'zstd' }), of: hasBody },
  { name: 'with a body that is too large', alter: (call) => ({ ...call, body: Buffer.alloc(262_145, 97), headers: isForm }), of: hasBody },
  { name: 'with a field given twice', alter: (call) => ({ ...call, body: `${call.body}&${call.body}` }), of: hasBody },
];

const perOperation: readonly Probe[] = variants.flatMap(({ name, of, alter, before }) =>
  Object.entries(identityCalls).flatMap(([operation, call]): Probe[] => {
    if (!(of?.(call) ?? true)) return [];
    const run = async (rig: Rig) => {
      before?.(rig);
      await rig.call(alter(call));
    };
    return [{ name: `${operation} ${name}`, run }];
  }),
);

const instance = (name: string, fields: Some): Probe => ({
  name: `instance discovery ${name}`,
  run: async (rig) => void (await rig.call(got('discoverInstance', '/common/discovery/instance', fields))),
});

const realm = (name: string, of: string, path: string, fields: Some = {}): Probe => ({
  name: `${of} ${name}`,
  run: async (rig) => void (await rig.call(got(of, path, fields))),
});

const users: readonly Probe[] = [
  ...['userrealm', 'UserRealm'].flatMap((segment) => {
    const of = segment === 'UserRealm' ? 'getUserRealmV1' : 'getUserRealm';
    return [
      realm('of nobody', of, `/common/${segment}/zoe@nowhere.example`),
      realm('of a name that is too long', of, `/common/${segment}/${'x'.repeat(1025)}`),
      realm('of an empty version', of, `/common/${segment}/adele`, { 'api-version': '' }),
    ];
  }),
  ...[
    undefined,
    'dev.user.adele',
    'dev.user.adele~page',
    'dev.app.server',
    'graph.adele',
    'service.adele',
    'graph-app.server',
    'nothing.adele',
    'expired.x',
    'dev.user.adele~blocked',
    'dev.user.adele~throttled',
    'dev.user.adele~unacceptable',
    'dev.user.adele~unavailable',
    'dev.user.adele~unlucky',
  ].map(
    (token): Probe => ({
      name: `userinfo for ${token ?? 'no token'}`,
      run: async (rig) => {
        const call = { of: ['getUserInfo'], method: 'GET', path: '/oidc/userinfo', ...(token === undefined ? {} : { token }) };
        await rig.call(call);
        await rig.call({ ...call, headers: { 'client-request-id': guid } });
        await rig.call({ ...call, headers: { 'client-request-id': 'none' } });
        await rig.call({ ...call, method: 'PUT' });
        await rig.call({ ...call, headers: { 'x-pretend-tls': '1', Connection: 'close' } });
      },
    }),
  ),
];

const discovery: readonly Probe[] = [
  instance('without a version', { authorization_endpoint: 'https://localhost/common/oauth2/v2.0/authorize' }),
  instance('of nothing', { 'api-version': '1.1' }),
  instance('of what is no address', { authorization_endpoint: 'nowhere' }),
  instance('of an empty version', { 'api-version': '', authorization_endpoint: 'https://localhost/common/oauth2/v2.0/authorize' }),
];

export const identityProbes: readonly Probe[] = [...perOperation, ...discovery, ...users];
