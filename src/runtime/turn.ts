// A turn of the event loop: input, timers and everything else that is ready comes first.
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
