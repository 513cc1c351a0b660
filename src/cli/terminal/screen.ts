// Prints lines above one status line that is rewritten; without an interactive terminal there is no status line.
import type { Terminal } from './terminal.ts';

export interface Screen {
  print(lines: readonly string[]): void;
  /** Sets the text of the status line, which must fit into the terminal's width. */
  setStatus(status: string): void;
  /** Removes the status line. */
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
