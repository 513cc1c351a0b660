// Lines that stay, above one status line that is rewritten; without a person at the terminal only the lines.
import type { Terminal } from './terminal.ts';

export interface Screen {
  print(lines: readonly string[]): void;
  /** What the last line says; it must fit into the terminal's columns. */
  setStatus(status: string): void;
  /** Takes the status line away. */
  end(): void;
}

export function createScreen({ out, isInteractive }: Terminal): Screen {
  let status = '';
  return {
    print(lines) {
      if (isInteractive) out.redraw(lines, status);
      else out.print(lines);
    },
    setStatus(next) {
      if (!isInteractive || next === status) return;
      status = next;
      out.redraw([], status);
    },
    end() {
      status = '';
      if (isInteractive) out.redraw([], status);
    },
  };
}
