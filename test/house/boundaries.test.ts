// Proves that the boundary check finds each forbidden arrow, passes allowed ones, and fails when it saw nothing.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

const script = new URL('../../scripts/boundaries.mjs', import.meta.url).pathname;
const trees: string[] = [];

/** A source tree of small modules: what each imports. `type:` before a path makes it an import of types. */
function tree(imports: Record<string, readonly string[]>): string {
  const root = mkdtempSync(join(tmpdir(), 'unsid-boundaries-'));
  trees.push(root);
  for (const [path, targets] of Object.entries(imports)) {
    const lines = targets.map((target) =>
      target.startsWith('type:') ? `import type { value } from '${target.slice(5)}';` : `import { value } from '${target}';`,
    );
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `${lines.join('\n')}\nexport const value = 1;\n`);
  }
  return root;
}

function check(root: string, nodeOptions = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, root], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: nodeOptions },
  });
  return { status, stdout, stderr };
}

/** One module of every layer, with allowed arrows only. */
const allowed: Record<string, readonly string[]> = {
  'src/documents/wire.gen.ts': [],
  'src/domain/errors.ts': ['type:../documents/wire.gen.ts'],
  'src/domain/rules.ts': ['./errors.ts'],
  'src/service/publish.ts': ['../domain/rules.ts'],
  'src/runtime/start-options.ts': [],
  'src/values/json.ts': [],
  'src/net/loopback.ts': ['../values/json.ts', 'node:net'],
  'src/tls/authority.ts': ['../domain/rules.ts', 'node:crypto'],
  'src/stores/memory.ts': ['../domain/rules.ts', 'node:fs'],
  'src/documents/load.ts': ['../domain/errors.ts', 'type:../domain/rules.ts', 'node:fs'],
  'src/http/app.ts': ['../service/publish.ts', '../domain/rules.ts', '../documents/load.ts', 'node:http'],
  'src/socket/hub.ts': ['../service/publish.ts', '../domain/rules.ts', '../documents/load.ts', 'node:http'],
  'src/client/calls.ts': ['../values/json.ts', 'type:../documents/wire.gen.ts'],
  'src/client/node/trust.ts': ['../calls.ts', 'node:tls'],
  'src/simulator/device.ts': ['../client/calls.ts', '../client/node/trust.ts', 'node:events'],
  'src/checks/check.ts': ['../client/calls.ts', '../documents/load.ts', '../net/loopback.ts', 'node:crypto'],
  'src/contract/run.ts': ['../checks/check.ts', '../client/node/trust.ts', '../documents/load.ts'],
  'src/proxy/watch.ts': ['../checks/check.ts', '../client/node/trust.ts', '../documents/load.ts'],
  'src/emulator.ts': ['./http/app.ts', './socket/hub.ts', './stores/memory.ts'],
  'src/cli/start.ts': ['../emulator.ts', '../simulator/device.ts', '../net/loopback.ts'],
  'src/cli/main.ts': ['./start.ts'],
};

/** Each forbidden arrow: the module, what it imports, and the rule that must say so. */
const forbidden: readonly (readonly [from: string, to: string, rule: string])[] = [
  ['src/domain/a.ts', 'node:fs', 'domain'],
  ['src/domain/b.ts', '../service/publish.ts', 'domain'],
  ['src/domain/c.ts', '../stores/memory.ts', 'domain'],
  ['src/domain/d.ts', 'type:../http/app.ts', 'domain'],
  ['src/domain/e.ts', '../documents/wire.gen.ts', 'wire-types-are-types'],
  ['src/domain/f.ts', '../documents/load.ts', 'domain'],
  ['src/domain/g.ts', 'some-package', 'domain'],
  ['src/service/a.ts', '../stores/memory.ts', 'service'],
  ['src/service/b.ts', 'node:timers', 'service'],
  ['src/service/c.ts', '../documents/load.ts', 'service'],
  ['src/service/d.ts', '../socket/hub.ts', 'service'],
  ['src/stores/a.ts', '../service/publish.ts', 'stores'],
  ['src/identity/a.ts', '../service/publish.ts', 'identity'],
  ['src/runtime/a.ts', '../service/publish.ts', 'runtime'],
  ['src/tls/a.ts', '../service/publish.ts', 'tls'],
  ['src/values/a.ts', '../domain/rules.ts', 'values'],
  ['src/values/b.ts', 'node:fs', 'values'],
  ['src/domain/h.ts', '../values/json.ts', 'domain'],
  ['src/net/a.ts', '../domain/rules.ts', 'net'],
  ['src/net/b.ts', 'some-package', 'net'],
  ['src/net/c.ts', '../http/app.ts', 'net'],
  ['src/tls/b.ts', '../runtime/start-options.ts', 'tls'],
  ['src/demo/a.ts', '../stores/memory.ts', 'demo'],
  ['src/demo/b.ts', '../cli/main.ts', 'nothing-imports-the-commands'],
  ['src/journal/a.ts', '../stores/memory.ts', 'known-layer'],
  ['src/documents/a.ts', '../domain/rules.ts', 'documents-run-without-the-domain'],
  ['src/documents/c.ts', '../service/publish.ts', 'documents'],
  ['src/documents/b.ts', '../http/app.ts', 'documents'],
  ['src/http/a.ts', '../stores/memory.ts', 'http'],
  ['src/http/b.ts', '../socket/hub.ts', 'http'],
  ['src/http/c.ts', '../emulator.ts', 'http'],
  ['src/http/d.ts', 'ws', 'ws-in-its-place'],
  ['src/socket/a.ts', '../http/app.ts', 'socket'],
  ['src/socket/b.ts', '../stores/memory.ts', 'socket'],
  ['src/client/a.ts', '../domain/errors.ts', 'client'],
  ['src/client/b.ts', 'type:../domain/errors.ts', 'client'],
  ['src/client/c.ts', 'node:http', 'client-without-node'],
  ['src/client/d.ts', '../documents/load.ts', 'client'],
  ['src/client/i.ts', '../net/loopback.ts', 'client'],
  ['src/client/e.ts', '../simulator/device.ts', 'client'],
  ['src/client/f.ts', 'ws', 'ws-in-its-place'],
  ['src/client/g.ts', '../documents/wire.gen.ts', 'wire-types-are-types'],
  ['src/simulator/a.ts', '../emulator.ts', 'simulator'],
  ['src/simulator/b.ts', '../service/publish.ts', 'simulator'],
  ['src/simulator/c.ts', '../stores/memory.ts', 'simulator'],
  ['src/client/h.ts', './node/trust.ts', 'client-without-its-node-part'],
  ['src/client/node/a.ts', '../../simulator/device.ts', 'client'],
  ['src/simulator/d.ts', 'ws', 'ws-in-its-place'],
  ['src/simulator/e.ts', '../checks/check.ts', 'simulator'],
  ['src/checks/a.ts', '../contract/run.ts', 'checks'],
  ['src/checks/b.ts', '../proxy/watch.ts', 'checks'],
  ['src/checks/c.ts', '../simulator/device.ts', 'checks'],
  ['src/contract/a.ts', '../http/app.ts', 'contract'],
  ['src/contract/c.ts', '../simulator/device.ts', 'contract'],
  ['src/contract/d.ts', '../proxy/watch.ts', 'contract'],
  ['src/proxy/c.ts', '../contract/run.ts', 'proxy'],
  ['src/proxy/d.ts', '../simulator/device.ts', 'proxy'],
  ['src/contract/b.ts', '../socket/hub.ts', 'contract'],
  ['src/proxy/a.ts', '../http/app.ts', 'proxy'],
  ['src/proxy/b.ts', '../emulator.ts', 'proxy'],
  ['src/cli/a.ts', '../service/publish.ts', 'cli'],
  ['src/testing.ts', './cli/main.ts', 'nothing-imports-the-commands'],
  ['src/http/e.ts', '../cli/main.ts', 'nothing-imports-the-commands'],
  ['src/emulator/a.ts', '../demo/main.ts', 'nothing-imports-the-commands'],
  ['src/shelf/a.ts', '../domain/rules.ts', 'known-layer'],
  ['src/http/f.ts', './g.ts', 'no-cycles'],
  ['src/service/e.ts', './gone.ts', 'no-unresolved'],
];

afterEach(() => {
  for (const root of trees.splice(0)) rmSync(root, { recursive: true, force: true });
});

describe('the boundary check', () => {
  it('passes a tree of allowed arrows and says how many modules it saw', () => {
    const { status, stdout, stderr } = check(tree(allowed));
    expect(stderr).toBe('');
    expect(stdout).toContain('saw 21 of 21 modules');
    expect(status).toBe(0);
  });

  it('finds every forbidden arrow', () => {
    const broken = Object.fromEntries(forbidden.map(([from, to]) => [from, [to]]));
    const rest = { 'src/demo/main.ts': [], 'src/http/g.ts': ['./f.ts'] };
    const { status, stderr } = check(tree({ ...allowed, ...broken, ...rest }));
    const found = stderr.split('\n');
    const missed = forbidden.filter(([from, , rule]) => !found.some((line) => line.startsWith(`${rule}: ${from} → `)));
    expect(missed).toEqual([]);
    expect(status).toBe(1);
  });

  it('fails when there is no module to see', () => {
    const root = tree({ 'src/readme.md': [] });
    expect(check(root)).toMatchObject({ status: 1, stderr: expect.stringContaining('suspiciously few') });
  });

  it('fails when there is no source folder at all', () => {
    expect(check(tree({ 'lib/a.ts': [] })).status).toBe(1);
  });

  it('fails when its tool cannot read TypeScript and so sees nothing', () => {
    const root = tree(allowed);
    const blindfold = join(root, 'hide-typescript.cjs');
    writeFileSync(
      blindfold,
      `const Module = require('node:module');
       const resolve = Module._resolveFilename;
       Module._resolveFilename = function (name, ...rest) {
         if (name === 'typescript') throw Object.assign(new Error('hidden'), { code: 'MODULE_NOT_FOUND' });
         return resolve.call(this, name, ...rest);
       };`,
    );
    const { status, stdout } = check(root, `--require ${blindfold}`);
    expect(stdout).toContain('saw 0 of 21 modules');
    expect(status).toBe(1);
  });
});
