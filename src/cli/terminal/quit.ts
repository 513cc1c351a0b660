// Lets the user end a command that runs until then: by a signal, or by a key on an interactive terminal.
import type { Key, Terminal } from './terminal.ts';

/** In raw mode Ctrl-C and Ctrl-D arrive as keys, not as signals. */
export function isQuitKey({ name, isControl }: Key): boolean {
  return name === 'q' || (isControl && (name === 'c' || name === 'd'));
}

/** Calls `quit` when the user quits by a signal or, with `readsKeys` on an interactive terminal, by a key. Returns a function that stops listening. */
export function onQuitRequested(terminal: Terminal, quit: () => void, how: { readonly readsKeys: boolean }): () => void {
  const stopSignals = terminal.onQuit(quit);
  const isReading = how.readsKeys && terminal.isInteractive;
  const stopKeys = isReading ? terminal.onKey((key) => (isQuitKey(key) ? quit() : undefined)) : () => undefined;
  return () => {
    stopSignals();
    stopKeys();
  };
}
