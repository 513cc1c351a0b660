// The command `unsid proxy`: forwards between an app and an implementation, and reports violations of the documents until the user ends it.
import { type Command, InvalidArgumentError } from 'commander';
import { type SpecProxy, startProxy } from '../../proxy/proxy.ts';
import { isHost } from '../../runtime/start-options.ts';
import { writeText } from '../contract/reports.ts';
import { trustFor } from '../credentials/tls-trust.ts';
import type { Environment } from '../environment.ts';
import { CliError } from '../terminal/cli-error.ts';
import { portNumber, serviceUrl, targetHelp, targetOf } from '../terminal/options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { safeJson } from '../terminal/text.ts';
import { createProxyConsole, createProxyLines, proxyReport } from './console.ts';

interface ProxyFlags {
  readonly target?: string;
  readonly port: number;
  readonly host?: string;
  readonly spec?: readonly string[];
  readonly ca?: string;
  readonly json?: boolean;
  readonly report?: string;
  readonly exitCode?: boolean;
  readonly verbose?: boolean;
  readonly rewrite: boolean;
}

const helpText = `
Examples:
  unsid proxy --target http://127.0.0.1:4280          then let the app call http://127.0.0.1:4290 instead
  unsid proxy --target https://notify.example/v2      a deployment with a path prefix
  unsid proxy --target http://127.0.0.1:8080 --exit-code --report json=traffic.json   in CI; end it with SIGINT
  unsid proxy --target http://127.0.0.1:4280 --json | jq 'select(.kind == "finding")'

Requests and responses of the Graph and client surfaces and the messages of device sockets are checked. Everything else is
forwarded unchecked: sign-in, the control surface, bodies over 5 MiB. Tokens are never shown.
Exit codes: 0; with --exit-code 1 if there was a violation or the target did not respond; 2 usage error.`;

export interface ProxyParts {
  readonly terminal: Terminal;
  readonly environment: Environment;
}

export function registerProxy(program: Command, parts: ProxyParts): void {
  program
    .command('proxy')
    .description("Forward an app's traffic to an implementation, and report violations of the documents")
    .option('--target <url>', targetHelp, serviceUrl)
    .option('--port <port>', 'TCP port; 0 selects a free port', portNumber, 4290)
    .option('--host <address>', 'address to listen on (default: 127.0.0.1 and ::1, only this machine)', hostAddress)
    .option('--spec <file...>', 'OpenAPI or AsyncAPI documents that replace the built-in ones')
    .option('--ca <file>', 'certificate authority to trust for https, in PEM format')
    .option('--no-rewrite', 'leave socketUrl in responses unchanged: device sockets then bypass the proxy')
    .option('--verbose', 'print one line for each exchange and each socket message')
    .option('--json', 'print one JSON object per line')
    .option('--report <json=file>', 'write all findings at the end', reportFile)
    .option('--exit-code', 'exit with 1 if there was a finding or a request without response')
    .addHelpText('after', helpText)
    .action((flags: ProxyFlags) => run(flags, parts));
}

async function run(flags: ProxyFlags, { terminal, environment }: ProxyParts): Promise<void> {
  const { port, host, spec } = flags;
  const target = targetOf(flags.target, environment);
  const output = flags.json ? createProxyLines(terminal) : createProxyConsole(terminal);
  const trust = await trustFor({ ca: flags.ca, urls: [target], env: environment.env });
  // Listens before the line is printed: the process that reads it may send the signal immediately.
  const quitRequest = quitRequested(terminal);
  let proxy: SpecProxy;
  try {
    proxy = await startProxy({
      target,
      port,
      ...(host === undefined ? {} : { host }),
      ...(spec ? { spec } : {}),
      ...(trust ? { trust } : {}),
      rewritesSocketUrl: flags.rewrite,
      listener: output.listener,
      ...(flags.verbose ? { onTraffic: output.onTraffic } : {}),
    });
  } catch (error) {
    quitRequest.stop();
    throw error;
  }
  if (proxy.warning !== undefined) terminal.err.print([`warning: ${proxy.warning}`]);
  output.ready(proxy.url, target);
  await quitRequest.quit;
  await proxy.stop();
  const summary = proxy.summary();
  output.close(summary);
  if (flags.report !== undefined) await writeText(flags.report, `${safeJson(proxyReport(target, summary), 2)}\n`);
  if (flags.exitCode && (summary.findings.length > 0 || summary.failed > 0))
    throw new CliError('the proxy reported findings', { isReported: true });
}

function quitRequested(terminal: Terminal): { readonly quit: Promise<void>; readonly stop: () => void } {
  let stop: () => void = () => undefined;
  const quit = new Promise<void>((resolve) => {
    stop = terminal.onQuit(resolve);
  });
  return { quit, stop: () => stop() };
}

function hostAddress(text: string): string {
  if (isHost(text)) return text;
  throw new InvalidArgumentError('Expected an address such as 127.0.0.1.');
}

function reportFile(text: string): string {
  const [, file] = /^json=(.+)$/.exec(text) ?? [];
  if (file === undefined) throw new InvalidArgumentError('Expected json=FILE.');
  return file;
}
