// Prints what a proxy observes: as text, each cause once and a table at the end, or as one JSON object per line.
import { curlOf } from '../../contract/report/curl.ts';
import { findingLines, requirementText } from '../../contract/report/finding-text.ts';
import type { CountedFinding, ProxyEvent, ProxyFinding, ProxyListener, ProxySummary } from '../../proxy/events.ts';
import type { TrafficEvent, TrafficListener } from '../../proxy/traffic.ts';
import type { Colors, Terminal } from '../terminal/terminal.ts';
import { counted, pad, safeJson, safeLine, safeLines } from '../terminal/text.ts';

export interface ProxyOutput {
  readonly listener: ProxyListener;
  readonly onTraffic: TrafficListener;
  ready(url: string, target: string): void;
  close(summary: ProxySummary): void;
}

export function createProxyConsole(terminal: Terminal): ProxyOutput {
  const { colors } = terminal.out;
  const print = terminal.out.print;
  return {
    listener: (event) => void print(eventLines(event, colors)),
    onTraffic: (event) => void print([safeLine(trafficText(event))]),
    ready: (url, target) => void print([`unsid proxy is ready at ${url}, and forwards everything to ${safeLine(target)}`]),
    close: (summary) => void print(closingLines(summary, colors)),
  };
}

/** `POST /beta/me/notifications 201 12 ms`, `socket phone: target → app notification created` */
function trafficText(event: TrafficEvent): string {
  if (event.kind === 'exchange') return `${event.method} ${event.path} ${event.status} ${event.durationMs} ms`;
  const { device, from, type, change } = event;
  const direction = from === 'app' ? 'app → target' : 'target → app';
  return [`socket${device === undefined ? '' : ` ${device}`}:`, direction, type, ...(change === undefined ? [] : [change])].join(' ');
}

function eventLines(event: ProxyEvent, colors: Colors): readonly string[] {
  if (event.kind === 'unchecked') return [`${colors.yellow('! forwarded, not checked')}  ${safeLine(event.reason)}`];
  if (event.kind === 'failed') {
    const how = event.how === 'cut' ? '! cut off' : '! no response';
    return [`${colors.yellow(how)}  ${safeLine(`${event.request}: ${event.reason}`)}`];
  }
  const { finding } = event;
  const lines = [...ruleLines(finding), ...findingLines(finding)];
  return [headOf(finding, colors), ...lines.flatMap(([name, text]) => indented(name, text, colors)), ''];
}

function headOf({ side, where, requirement }: ProxyFinding, colors: Colors): string {
  const who = side === 'app' ? '✗ app' : '✗ target';
  const label = requirement?.level === 'SHOULD' && side === 'target' ? colors.yellow(who.replace('✗', '~')) : colors.red(who);
  return `${label}  ${colors.bold(safeLine(where))}`;
}

/** For violations of the app, the rule by which a target refuses them. */
function ruleLines({ requirement }: ProxyFinding): readonly (readonly [string, string])[] {
  return requirement ? [['rule', requirementText(requirement)]] : [];
}

function indented(name: string, text: string, colors: Colors): readonly string[] {
  return safeLines(text).map((line, index) => `  ${colors.dim(pad(index === 0 ? name : '', 9))} ${line}`);
}

function closingLines({ findings, omitted, ...counts }: ProxySummary, colors: Colors): readonly string[] {
  const { requests, sockets, messages, failed, unchecked } = counts;
  const more = [
    ...(failed > 0 ? [`${failed} without a whole response`] : []),
    ...(unchecked > 0 ? [`${unchecked} not checked`] : []),
    ...(omitted > 0 ? [counted(omitted, 'more violation not kept', 'more violations not kept')] : []),
  ];
  const traffic = [counted(requests, 'request'), `${counted(sockets, 'socket')} with ${counted(messages, 'message')}`, ...more];
  const passed = ['', `forwarded: ${traffic.join(', ')}`];
  if (findings.length === 0) return [...passed, colors.green('✓ no violation was found')];
  const rows = findings.map(
    ({ finding, count }) => `  ${`${count} ×`.padStart(7)}  ${pad(finding.side, 6)}  ${safeLine(shortly(finding))}`,
  );
  return [...passed, ...rows, colors.red(`✗ ${counted(findings.length, 'cause')}`)];
}

function shortly({ where, requirement, expected, got }: ProxyFinding): string {
  const rule = requirement ? ` (${requirement.id})` : '';
  return `${where}${rule}: expected ${expected}, got ${got}`.slice(0, 300);
}

export function createProxyLines(terminal: Terminal): ProxyOutput {
  const print = (line: object) => void terminal.out.print([safeJson(line)]);
  return {
    listener: (event) => print(event.kind === 'finding' ? { kind: 'finding', ...findingJson(event.finding) } : event),
    onTraffic: print,
    ready: (url, target) => print({ kind: 'ready', url, target }),
    close: (summary) => print({ kind: 'summary', ...summaryJson(summary) }),
  };
}

export function proxyReport(target: string, summary: ProxySummary): object {
  return { version: 1, target, ...summaryJson(summary) };
}

function summaryJson(summary: ProxySummary): object {
  return { ...summary, findings: summary.findings.map(({ finding, count }: CountedFinding) => ({ count, ...findingJson(finding) })) };
}

function findingJson({ side, where, requirement, expected, got, exchange, transcript, document }: ProxyFinding): object {
  const { id, source, level } = requirement ?? {};
  return {
    side,
    where,
    ...(requirement ? { requirement: id, source, level } : {}),
    expected,
    got,
    ...(document === undefined ? {} : { document }),
    ...(exchange ? { request: curlOf(exchange.sent), answer: { status: exchange.answer.status, text: exchange.answer.text } } : {}),
    ...(transcript ? { transcript } : {}),
  };
}
