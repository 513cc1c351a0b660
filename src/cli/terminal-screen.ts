// Lines that stay, above one status line that is rewritten; without a person at the terminal only the lines.
import type { Terminal } from './terminal.ts';

export interface Screen {
  print(lines: readonly string[]): void;
  /** What the last line says; it must fit into the terminal's columns. */
  setStatus(status: string): void;
  /** Takes the status line away. */
  end(): void;
}

const CLEAR_LINE = '\r\u001b[2K';

export function createScreen(terminal: Terminal): Screen {
  let status = '';
  const draw = (text: string): void => {
    terminal.out(terminal.isInteractive ? CLEAR_LINE + text + status : text);
  };
  return {
    print: (lines) => draw(lines.map((line) => `${line}\n`).join('')),
    setStatus(next) {
      if (!terminal.isInteractive || next === status) return;
      status = next;
      draw('');
    },
    end() {
      status = '';
      if (terminal.isInteractive) draw('');
    },
  };
}
