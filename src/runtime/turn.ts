// Waits for a turn of the event loop, so that pending input and timers are handled first.
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
