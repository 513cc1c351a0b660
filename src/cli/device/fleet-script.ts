// `unsid device --script`: reads the script, runs it, and prints the table of what was lost, late, duplicated, out of order.
import type { ServiceLine } from '../../client/node/service-line.ts';
import { readScript } from '../../simulator/script.ts';
import { runScript, type ScriptResult } from '../../simulator/script-run.ts';
import type { Loss, Tally } from '../../simulator/script-score.ts';
import { Failure } from '../terminal/failure.ts';
import { onQuitAsked } from '../terminal/quit.ts';
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
  /** How to reach the service, where Node's own way is not enough. */
  readonly line: Partial<ServiceLine>;
}

const COLUMNS = [
  'devices',
  'expected',
  'arrived',
  'lost',
  'late',
  'duplicated',
  'outOfOrder',
  'unexpected',
] as const satisfies readonly (keyof Tally)[];
const HEADS: Readonly<Record<(typeof COLUMNS)[number], string>> = {
  devices: 'devices',
  expected: 'expected',
  arrived: 'arrived',
  lost: 'lost',
  late: 'late',
  duplicated: 'duplicated',
  outOfOrder: 'out of order',
  unexpected: 'unexpected',
};
const NAME_WIDTH = 9;
const LOSSES_TOLD = 20;
const STATUS_EVERY_MS = 100;

function tableLine(name: string, cells: readonly string[]): string {
  return (
    pad(name, NAME_WIDTH) + cells.map((cell, index) => cell.padStart(Math.max(9, HEADS[COLUMNS[index] ?? 'lost'].length + 2))).join('')
  );
}

/** The table of a run, one line for each platform and one for all. */
export function tellScore({ score, published, refused, firstRefusal }: ScriptResult): readonly string[] {
  const cells = (tally: Tally): readonly string[] => COLUMNS.map((column) => grouped(tally[column]));
  const losses = score.losses.slice(0, LOSSES_TOLD).map(({ device, number, what }: Loss) => `lost: ${what} ${number} on ${device}`);
  const more = score.losses.length - losses.length;
  return [
    `${counted(published, 'notification')} published${refused === 0 ? '' : `, ${grouped(refused)} refused: ${firstRefusal ?? ''}`}`,
    tableLine(
      '',
      COLUMNS.map((column) => HEADS[column]),
    ),
    ...score.platforms.map((row) => tableLine(row.platform, cells(row))),
    tableLine('all', cells(score.total)),
    ...losses,
    ...(more > 0 ? [`… and ${grouped(more)} more`] : []),
  ];
}

/** @throws Failure when it was stopped before its end, or something was lost, came to the wrong user, or nothing could be published. */
export async function runFleetScript(flags: FleetScriptFlags, terminal: Terminal): Promise<void> {
  const script = readScript(await readTextFile(flags.file), flags.file);
  const screen = createScreen(terminal);
  const quitting = new AbortController();
  const stopQuit = onQuitAsked(terminal, () => quitting.abort(), { readsKeys: !flags.isJson });
  const { url, application, appToken, isJson, line } = flags;
  let toldAt = 0;
  const result = await runScript(script, {
    url,
    application,
    appToken,
    line,
    signal: quitting.signal,
    onProgress: ({ connected, published, delivered }) => {
      const now = performance.now();
      if (isJson || now - toldAt < STATUS_EVERY_MS) return;
      toldAt = now;
      const line = `${grouped(connected)}/${grouped(script.devices)} connected · ${grouped(published)}/${grouped(script.notifications.count)} published · ${grouped(delivered)} delivered`;
      screen.setStatus(truncate(line, terminal.columns() - 1));
    },
  }).finally(() => {
    stopQuit();
    screen.end();
  });
  if (isJson) terminal.out.print([safeJson({ event: 'result', ...result })]);
  else screen.print(tellScore(result));
  const { lost, unexpected } = result.score.total;
  if (result.isGood) return;
  // What was not played was not proved: a run that was stopped is no success.
  if (result.isStopped)
    throw new Failure(`stopped after ${grouped(result.published)} of ${counted(script.notifications.count, 'notification')}`);
  if (result.published === 0) throw new Failure(`nothing could be published: ${result.firstRefusal ?? 'the service gave no reason'}`);
  throw new Failure(
    lost > 0
      ? `${grouped(lost)} of ${grouped(result.score.total.expected)} ${lost === 1 ? 'was' : 'were'} lost`
      : `${grouped(unexpected)} came to the wrong user`,
  );
}
