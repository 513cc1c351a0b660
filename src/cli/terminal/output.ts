// Writes to the terminal: only this program's own styles take effect, all other control characters are escaped.
import { safeLine } from './text.ts';

type Paint = (text: string) => string;

/** Styles for parts of a line. They take effect only through the {@link Output} to which they belong. */
export interface Colors {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly inverse: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly blue: Paint;
  readonly magenta: Paint;
  readonly cyan: Paint;
}

export interface Output {
  readonly colors: Colors;
  /** Writes each string as one line, whatever characters it contains; returns false once the stream has no reader. */
  print(lines: readonly string[]): boolean;
  /** Replaces the current line with these lines and the status after them; only for terminals. */
  redraw(lines: readonly string[], status: string): boolean;
}

export interface OutputOptions {
  /** Writes to the stream; returns false once it has no reader. */
  readonly write: (text: string) => boolean;
  readonly hasColors: boolean;
  /** An unguessable key in the style markers, so that text from elsewhere cannot style anything. */
  readonly key: string;
}

const clearLine = '\r\u001b[2K';

export function createOutput({ write, hasColors, key }: OutputOptions): Output {
  const marker = (code: number): string => `\u0001${key};${code}m`;
  const markers = new RegExp(`\u0001${key};(\\d+)m`);
  const style = (start: number, end: number): Paint => {
    if (!hasColors) return (text) => text;
    // A nested style ends this one too, so it starts again after it.
    return (text) => `${marker(start)}${text.replaceAll(marker(end), `${marker(end)}${marker(start)}`)}${marker(end)}`;
  };
  /** After the split, every second part is the code of a marker. */
  const shown = (line: string): string =>
    line
      .split(markers)
      .map((part, index) => (index % 2 === 1 ? `\u001b[${part}m` : safeLine(part)))
      .join('');
  const shownLines = (lines: readonly string[]): string => lines.map((line) => `${shown(line)}\n`).join('');
  return {
    colors: {
      bold: style(1, 22),
      dim: style(2, 22),
      inverse: style(7, 27),
      red: style(31, 39),
      green: style(32, 39),
      yellow: style(33, 39),
      blue: style(34, 39),
      magenta: style(35, 39),
      cyan: style(36, 39),
    },
    print: (lines) => write(shownLines(lines)),
    redraw: (lines, status) => write(`${clearLine}${shownLines(lines)}${shown(status)}`),
  };
}
