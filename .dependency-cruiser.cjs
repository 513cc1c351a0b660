// The arrows of ARCHITECTURE.md as rules: each layer has the list of what it may import, and everything else is forbidden.
'use strict';

const wireTypes = '^src/documents/[^/]+[.]gen[.]ts$';
/** Constants of the wire, without any code behind them. */
const wireConstants = '^src/documents/close-codes[.]gen[.]ts$';
const known = [
  'domain',
  'service',
  'stores',
  'identity',
  'runtime',
  'tls',
  'net',
  'values',
  'files',
  'documents',
  'http',
  'socket',
  'client',
  'checks',
  'simulator',
  'contract',
  'proxy',
  'cli',
  'demo',
  'emulator',
  'index[.]ts$',
  'emulator[.]ts$',
];

/** May import nothing but these: no other layer, no node:, no npm. */
const pure = (name, layers, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: { pathNot: [...layers.map((layer) => `^src/${layer}/`), wireTypes] },
});

/** May import node:, npm and of our own layers nothing but these and the leaf `values`. */
const layer = (name, layers, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: { path: '^src/', pathNot: [...[name, 'values', ...layers].map((each) => `^src/${each}(/|[.]ts$)`), wireTypes] },
});

module.exports = {
  forbidden: [
    pure('domain', ['domain'], 'The domain is pure: it imports nothing but itself and wire types.'),
    pure('service', ['service', 'domain'], 'The service stands on the domain only; the world comes in through ports.'),
    layer('stores', ['domain'], 'Stores implement the ports of the domain and know nothing else.'),
    layer('identity', ['domain', 'files'], 'Identity implements the ports of the domain and knows nothing else.'),
    layer('runtime', ['domain'], 'Clock, timer, ids and signals implement the ports of the domain and know nothing else.'),
    layer('tls', ['domain', 'files'], 'Certificates are made and kept without knowledge of who serves with them.'),
    pure('values', ['values'], 'JSON values and random numbers: a leaf that every layer but the core may use.'),
    {
      name: 'net',
      comment: 'What every edge does with HTTP and sockets: a leaf that needs nothing but Node.',
      severity: 'error',
      from: { path: '^src/net/' },
      to: { pathNot: ['^src/net/', '^src/values/'], dependencyTypesNot: ['core'] },
    },
    {
      name: 'files',
      comment: 'Reads files: a leaf that needs nothing but Node.',
      severity: 'error',
      from: { path: '^src/files/' },
      to: { pathNot: ['^src/files/'], dependencyTypesNot: ['core'] },
    },
    layer('documents', ['domain', 'files'], 'The documents are read without knowledge of the service.'),
    layer('http', ['service', 'identity', 'domain', 'documents', 'net'], 'HTTP knows service, identity, domain and documents.'),
    layer('socket', ['service', 'domain', 'documents', 'net'], 'The socket knows service, domain and documents.'),
    layer('client', [], 'A stranger to the server: it knows the wire only.'),
    layer('simulator', ['client', 'net'], 'A stranger to the server: it knows the client only.'),
    layer('checks', ['client', 'documents', 'net'], 'What contract and proxy share: it knows neither of them.'),
    layer('contract', ['client', 'checks', 'documents', 'net'], 'A stranger to the server: it knows client, checks and documents only.'),
    layer('proxy', ['client', 'checks', 'documents', 'net'], 'A stranger to the server: it knows client, checks and documents only.'),
    layer(
      'cli',
      ['index', 'emulator', 'client', 'simulator', 'checks', 'contract', 'proxy', 'identity', 'runtime', 'tls', 'net'],
      'Commands parse, call and print; no rule lives there.',
    ),
    layer('demo', ['emulator', 'client', 'simulator', 'runtime'], 'The demo shows what users have.'),
    {
      name: 'documents-run-without-the-domain',
      comment: 'Of the domain, the documents need types and the errors they report with.',
      severity: 'error',
      from: { path: '^src/documents/' },
      to: { path: '^src/domain/', pathNot: '^src/domain/errors[.]ts$', dependencyTypesNot: ['type-only', 'type-import'] },
    },
    {
      name: 'client-without-node',
      comment: 'The client also runs in browsers; what needs Node stands in client/node.',
      severity: 'error',
      from: { path: '^src/client/', pathNot: '^src/client/node/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'client-without-its-node-part',
      comment: 'The client also runs in browsers; client/node stands on it, not the other way round.',
      severity: 'error',
      from: { path: '^src/client/', pathNot: '^src/client/node/' },
      to: { path: '^src/client/node/' },
    },
    {
      name: 'wire-types-are-types',
      comment: 'Generated wire types are imported as types.',
      severity: 'error',
      from: {},
      to: { path: wireTypes, pathNot: wireConstants, dependencyTypesNot: ['type-only', 'type-import'] },
    },
    {
      name: 'ws-in-its-place',
      comment: 'Only the device socket, the client on Node, the contract suite and the proxy speak WebSocket.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(socket|client/node|contract|proxy)/' },
      to: { path: '(^|/)node_modules/(@types/)?ws/|^ws$' },
    },
    {
      name: 'nothing-imports-the-commands',
      comment: 'cli and demo are the outermost layer.',
      severity: 'error',
      from: { path: '^src/([^/]+)' },
      to: { path: '^src/(cli|demo)/', pathNot: '^src/$1/' },
    },
    {
      name: 'no-cycles',
      comment: 'A cycle makes two modules one.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      comment: 'What cannot be resolved cannot be judged.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'known-layer',
      comment: 'A new folder in src/ needs a rule in .dependency-cruiser.cjs.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(${known.join('|')})` },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.d.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
