// The log as text: time, symbol and event, followed by lines with ids and bodies for detailed entries.
import { inspect } from 'node:util';
import type { Colors } from './colors.ts';
import { eventText, type Part, type TextEntry, type Tone } from './event-text.ts';
import { localTime } from './local-time.ts';
import type { LogEntry, LogMessage } from './log-entry.ts';
import { plainLine } from './plain-text.ts';

export interface TextLook {
  readonly colors: Colors;
  /** Width of the terminal, for line breaks; undefined for no line breaks. */
  readonly columns: () => number | undefined;
}

/** The width of `22:23:40 ✗ `, to align further lines. */
const indent = ' '.repeat(11);

export function createTextLines({ colors, columns }: TextLook): (instant: number, entry: LogEntry) => readonly string[] {
  const paint: Readonly<Record<Tone, (text: string) => string>> = {
    good: colors.green,
    bad: colors.red,
    warning: colors.yellow,
    quiet: colors.dim,
    plain: (text) => text,
  };
  let clock = '';
  return (instant, entry) => {
    const { time, date, zone } = localTime(instant);
    const now = `${date}, local time (${zone})`;
    const heading = now === clock ? [] : [colors.dim(`-- ${now} --`)];
    clock = now;
    const { symbol, tone, parts, details } = entry.what.event === 'message' ? messageText(entry.level, entry.what) : eventText(entry.what);
    const words = wordsOf(parts);
    const head = `${colors.dim(time)} ${paint[tone](symbol)} `;
    const lines = broken(words, columns()).map((line) => line.map((word) => paint[word.tone](word.text)).join(' '));
    const shown = details.map((detail) => indent + colors.dim(plainLine(detail)));
    return [...heading, ...lines.map((line, index) => (index === 0 ? head : indent) + line), ...shown];
  };
}

function wordsOf(parts: TextEntry['parts']): readonly Part[] {
  const separated = parts.flatMap((part, index) => (index === 0 ? part : [{ text: '·', tone: 'quiet' } as const, ...part]));
  return separated.flatMap(({ text, tone }) =>
    plainLine(text)
      .split(' ')
      .map((word) => ({ text: word, tone })),
  );
}

/** Breaks lines between words; a word longer than a line gets its own line. */
function broken(words: readonly Part[], columns: number | undefined): readonly (readonly Part[])[] {
  const room = columns === undefined ? Number.POSITIVE_INFINITY : Math.max(20, columns - indent.length);
  const lines: Part[][] = [[]];
  let used = 0;
  for (const word of words) {
    if (used > 0 && used + 1 + word.text.length > room) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push(word);
    used += (used > 0 ? 1 : 0) + word.text.length;
  }
  return lines;
}

const looks: Readonly<Record<LogEntry['level'], Pick<TextEntry, 'symbol' | 'tone'>>> = {
  error: { symbol: '✗', tone: 'bad' },
  warn: { symbol: '!', tone: 'warning' },
  info: { symbol: '·', tone: 'plain' },
  debug: { symbol: '·', tone: 'quiet' },
};

function messageText(level: LogEntry['level'], { message, more }: LogMessage): TextEntry {
  const details = more.flatMap((value) => (value instanceof Error ? inspect(value) : String(value)).split('\n'));
  return { ...looks[level], parts: [[{ text: message, tone: looks[level].tone }]], details };
}
