// Reports the progress of a fleet: a live status line on a terminal, otherwise a line every few seconds, and a summary at the end.
import { createScreen } from '../terminal/screen.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { counted, safeJson, truncate } from '../terminal/text.ts';

export interface FleetCounts {
  readonly wanted: number;
  readonly connected: number;
  readonly received: number;
  readonly toasts: number;
  readonly duplicates: number;
  readonly reconnects: number;
  /** Devices that stopped and do not reconnect. */
  readonly stopped: number;
}

export interface FleetProgress {
  /** Removes the status line and prints the summary. */
  end(): void;
}

const liveIntervalMs = 250;
const plainIntervalMs = 5000;

/** `1,234` */
export function grouped(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1,000/1,000 connected · 12,345 received · 1,200/s` */
export function formatCounts(counts: FleetCounts, perSecond: number): string {
  const more = [
    ...(counts.toasts > 0 ? [counted(counts.toasts, 'toast')] : []),
    ...(counts.duplicates > 0 ? [counted(counts.duplicates, 'duplicate')] : []),
    ...(counts.reconnects > 0 ? [counted(counts.reconnects, 'reconnect')] : []),
    ...(counts.stopped > 0 ? [`${grouped(counts.stopped)} stopped`] : []),
  ];
  const connected = `${grouped(counts.connected)}/${grouped(counts.wanted)} connected`;
  return [connected, `${grouped(counts.received)} received`, `${grouped(Math.round(perSecond))}/s`, ...more].join(' · ');
}

export function createFleetProgress(terminal: Terminal, isJson: boolean, read: () => FleetCounts): FleetProgress {
  const screen = createScreen(terminal);
  const startedAt = performance.now();
  let last = { at: startedAt, received: 0 };
  const rate = (): number => {
    const now = performance.now();
    const { received } = read();
    const perSecond = ((received - last.received) * 1000) / Math.max(1, now - last.at);
    last = { at: now, received };
    return perSecond;
  };
  const report = (event: string): void => {
    const perSecond = rate();
    if (isJson) terminal.out.print([safeJson({ event, time: new Date().toISOString(), ...read(), perSecond: Math.round(perSecond) })]);
    else if (terminal.isInteractive) screen.setStatus(truncate(formatCounts(read(), perSecond), terminal.columns() - 1));
    else screen.print([formatCounts(read(), perSecond)]);
  };
  const isLive = terminal.isInteractive && !isJson;
  const interval = setInterval(() => report('progress'), isLive ? liveIntervalMs : plainIntervalMs);
  return {
    end() {
      clearInterval(interval);
      screen.end();
      if (isJson) return report('summary');
      const seconds = (performance.now() - startedAt) / 1000;
      screen.print([`${formatCounts(read(), read().received / seconds)} over ${seconds.toFixed(1)} s`]);
    },
  };
}
