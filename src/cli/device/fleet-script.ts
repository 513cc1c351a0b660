// `unsid device --script`: runs a script and prints how many deliveries were lost, late, duplicated or out of order.
import type { ServiceTransport } from '../../client/node/trusted-transport.ts';
import { readScript } from '../../simulator/script.ts';
import { runScript, type ScriptResult } from '../../simulator/script-run.ts';
import type { Loss, Tally } from '../../simulator/script-score.ts';
import { CliError } from '../terminal/cli-error.ts';
import { onQuitRequested } from '../terminal/quit.ts';
import { createScreen } from '../terminal/screen.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { counted, pad, safeJson, truncate } from '../terminal/text.ts';
import { readTextFile } from '../text-file.ts';
import { grouped } from './fleet-progress.ts';

export interface FleetScriptFlags {
  readonly file: string;
  readonly url: string;
  readonly application: string;
  readonly appToken: string;
  readonly isJson: boolean;
  /** Replaces fetch and WebSocket if the service needs additional trust. */
  readonly transport: Partial<ServiceTransport>;
}

const tallyColumns = [
  'devices',
  'expected',
  'arrived',
  'lost',
  'late',
  'duplicated',
  'outOfOrder',
  'unexpected',
] as const satisfies readonly (keyof Tally)[];
const headings: Readonly<Record<(typeof tallyColumns)[number], string>> = {
  devices: 'devices',
  expected: 'expected',
  arrived: 'arrived',
  lost: 'lost',
  late: 'late',
  duplicated: 'duplicated',
  outOfOrder: 'out of order',
  unexpected: 'unexpected',
};
const nameWidth = 9;
const maxPrintedLosses = 20;
const statusIntervalMs = 100;

function tableLine(name: string, cells: readonly string[]): string {
  return (
    pad(name, nameWidth) +
    cells.map((cell, index) => cell.padStart(Math.max(9, headings[tallyColumns[index] ?? 'lost'].length + 2))).join('')
  );
}

/** The table of a run: one row for each platform, and the total. */
export function formatScore({ score, published, refused, firstRefusal }: ScriptResult): readonly string[] {
  const cells = (tally: Tally): readonly string[] => tallyColumns.map((column) => grouped(tally[column]));
  const losses = score.losses.slice(0, maxPrintedLosses).map(({ device, number, what }: Loss) => `lost: ${what} ${number} on ${device}`);
  const more = score.losses.length - losses.length;
  return [
    `${counted(published, 'notification')} published${refused === 0 ? '' : `, ${grouped(refused)} refused: ${firstRefusal ?? ''}`}`,
    tableLine(
      '',
      tallyColumns.map((column) => headings[column]),
    ),
    ...score.platforms.map((row) => tableLine(row.platform, cells(row))),
    tableLine('all', cells(score.total)),
    ...losses,
    ...(more > 0 ? [`… and ${grouped(more)} more`] : []),
  ];
}

/** @throws CliError when the run was stopped before its end, a delivery was lost or went to the wrong user, or nothing could be published. */
export async function runFleetScript(flags: FleetScriptFlags, terminal: Terminal): Promise<void> {
  const script = readScript(await readTextFile(flags.file), flags.file);
  const screen = createScreen(terminal);
  const quitting = new AbortController();
  const stopQuit = onQuitRequested(terminal, () => quitting.abort(), { readsKeys: !flags.isJson });
  const { url, application, appToken, isJson, transport } = flags;
  let updatedAt = 0;
  const result = await runScript(script, {
    url,
    application,
    appToken,
    transport,
    signal: quitting.signal,
    onProgress: ({ connected, published, delivered }) => {
      const now = performance.now();
      if (isJson || now - updatedAt < statusIntervalMs) return;
      updatedAt = now;
      const line = `${grouped(connected)}/${grouped(script.devices)} connected · ${grouped(published)}/${grouped(script.notifications.count)} published · ${grouped(delivered)} delivered`;
      screen.setStatus(truncate(line, terminal.columns() - 1));
    },
  }).finally(() => {
    stopQuit();
    screen.end();
  });
  if (isJson) terminal.out.print([safeJson({ event: 'result', ...result })]);
  else screen.print(formatScore(result));
  const { lost, unexpected } = result.score.total;
  if (result.isGood) return;
  // A run that was stopped has not shown that nothing is lost.
  if (result.isStopped)
    throw new CliError(`stopped after ${grouped(result.published)} of ${counted(script.notifications.count, 'notification')}`);
  if (result.published === 0)
    throw new CliError(`no notification could be published: ${result.firstRefusal ?? 'the service gave no reason'}`);
  throw new CliError(
    lost > 0
      ? `${grouped(lost)} of ${counted(result.score.total.expected, 'expected delivery', 'expected deliveries')} ${lost === 1 ? 'was' : 'were'} lost`
      : `${counted(unexpected, 'notification')} reached the wrong user`,
  );
}
