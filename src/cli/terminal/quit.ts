// How a person ends a command that runs until then: a signal, or a key where keys are read.
import type { Key, Terminal } from './terminal.ts';

/** In raw mode Ctrl-C and Ctrl-D are keys and no signals. */
export function isQuitKey({ name, isControl }: Key): boolean {
  return name === 'q' || (isControl && (name === 'c' || name === 'd'));
}

/** Calls it once somebody quits, by a signal or, at a terminal whose keys may be read, by `q`. Returns how to stop listening. */
export function onQuitRequested(terminal: Terminal, quit: () => void, how: { readonly readsKeys: boolean }): () => void {
  const stopSignals = terminal.onQuit(quit);
  const isReading = how.readsKeys && terminal.isInteractive;
  const stopKeys = isReading ? terminal.onKey((key) => (isQuitKey(key) ? quit() : undefined)) : () => undefined;
  return () => {
    stopSignals();
    stopKeys();
  };
}
