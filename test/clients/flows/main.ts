// The child process: runs the named flow with the setting from its environment and reports its result, and what was tried outside.
import { azureIdentityFlows } from './azure-identity.ts';
import type { Flow, Setting } from './flow.ts';
import { graphFlows } from './graph-client.ts';
import { guardFlows } from './guard.ts';
import { msalConfidentialFlows } from './msal-confidential.ts';
import { msalPublicFlows } from './msal-public.ts';

const flows: Readonly<Record<string, Flow>> = {
  ...guardFlows,
  ...msalConfidentialFlows,
  ...msalPublicFlows,
  ...azureIdentityFlows,
  ...graphFlows,
};

const setting = JSON.parse(process.env['FLOW_SETTING'] ?? '{}') as Setting;
const results: Record<string, unknown> = {};
for (const name of process.argv.slice(2)) {
  const flow = flows[name];
  if (!flow) throw new Error(`There is no flow ${name}.`);
  try {
    results[name] = { ok: await flow(setting) };
  } catch (error) {
    results[name] = { error: error instanceof Error ? { ...error, name: error.name, message: error.message } : String(error) };
  }
}
const tried: unknown = Reflect.get(globalThis, Symbol.for('loopback-only'));
process.stdout.write(`${JSON.stringify({ results, tried })}\n`);
// The libraries keep timers and sockets of their own.
process.exit(0);
