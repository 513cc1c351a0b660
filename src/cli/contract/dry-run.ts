// Prints what a contract run would send, without sending anything to the target.
import type { Exchange, SentRequest } from '../../checks/exchange.ts';
import { slowReason } from '../../contract/engine/select.ts';
import { defaultRatePerSecond } from '../../contract/target/rate-limit.ts';
import { isLoopbackUrl } from '../../net/loopback.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { counted } from '../terminal/text.ts';
import { type DryRunEmulator, type PlannedCase, recordDryRun } from './dry-run-plan.ts';
import type { ContractFlags } from './flags.ts';

/** Maximum length of a printed value; longer ones are truncated. */
const maxCharacters = 300;

/** Prints each case with its requests and device calls. */
export async function dryRun(flags: ContractFlags, { terminal }: { readonly terminal: Terminal }, signal: AbortSignal): Promise<void> {
  const { print } = terminal.out;
  const { bold, dim } = terminal.out.colors;
  const counts = { cases: 0, requests: 0, calls: 0 };
  const printCase = (planned: PlannedCase, emulator: DryRunEmulator): void => {
    counts.cases += 1;
    print([`${bold(planned.case.id)}  ${planned.case.title}  ${dim(planned.case.requirement)}`]);
    const skipped =
      flags.slow && planned.skipped === slowReason ? 'runs in real time; a dry run does not record its steps' : planned.skipped;
    if (skipped !== undefined) print([`    ${dim(skipped === planned.skipped ? `skipped: ${skipped}` : skipped)}`]);
    for (const step of planned.steps) {
      if (step.kind === 'request') counts.requests += 1;
      else counts.calls += 1;
      const line = step.kind === 'request' ? requestLine(step.exchange, flags, emulator) : `device: ${cut(step.call)}`;
      print([`    ${line}`]);
    }
  };
  await recordDryRun(flags, printCase, signal);
  const { cases, requests, calls } = counts;
  const { target } = flags;
  const rate = flags.rate ?? (isLoopbackUrl(flags.target) ? undefined : defaultRatePerSecond);
  const isLate = rate !== undefined && cases > 0;
  print([
    '',
    `${counted(cases, 'case')}, ${counted(requests, 'request')} and ${counted(calls, 'device call')}; nothing was sent to ${target}.`,
    ...(isLate ? [`At ${rate} requests per second, a run takes about ${minutes((requests + calls) / rate)}.`] : []),
    `A run first requests ${target}/_emulator/v1/health. If the target's clock cannot be moved, cases that move it are skipped.`,
    'The run was recorded against an emulator in this process: UNSIDs, ids and cursors above come from that emulator.',
  ]);
}

/** `POST https://notify.example/beta/me/notifications X-UNS-ID: … {"targetHostName":…}` */
function requestLine({ request, sent }: Exchange, flags: ContractFlags, { url, unsid }: DryRunEmulator): string {
  const own = { graph: flags.graphUrl, client: flags.clientUrl, control: undefined }[request.surface] ?? flags.target;
  const address = `${own.replace(/\/+$/, '')}${sent.url.slice(url.length)}`;
  const line = [request.method, address, ...shownHeaders(sent), ...(sent.body === undefined ? [] : [cut(sent.body)])].join(' ');
  return unsid === undefined || flags.unsid === undefined ? line : line.replaceAll(unsid, flags.unsid);
}

/** Leaves out the headers that every request has. */
function shownHeaders({ headers }: SentRequest): readonly string[] {
  const usual = new Set(['accept: application/json', 'content-type: application/json', 'authorization: Bearer <token>']);
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${cut(value)}`)
    .filter((line) => !usual.has(line) && !line.startsWith('client-request-id: '));
}

function cut(text: string): string {
  return text.length > maxCharacters ? `${text.slice(0, maxCharacters)}… (${text.length} characters)` : text;
}

function minutes(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} minutes`;
}
