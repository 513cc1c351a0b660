// A typed event emitter that waits for asynchronous listeners.

export type Listener<Event> = (event: Event) => unknown;

export interface Emitter<Events> {
  /** Returns a function that removes the listener. */
  on<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): () => void;
  /** Calls the listeners in the order in which they were added and resolves when all have finished; rejects with what a listener throws. */
  emit<Name extends keyof Events>(name: Name, event: Events[Name]): Promise<void>;
}

/** `first` are listeners that are registered from the start. */
export function createEmitter<Events>(first: { readonly [Name in keyof Events]?: Listener<Events[Name]> } = {}): Emitter<Events> {
  const listeners: { [Name in keyof Events]?: readonly Listener<Events[Name]>[] } = {};
  return {
    on(name, listener) {
      listeners[name] = [...(listeners[name] ?? []), listener];
      return () => {
        listeners[name] = (listeners[name] ?? []).filter((other) => other !== listener);
      };
    },
    async emit(name, event) {
      await first[name]?.(event);
      for (const listener of listeners[name] ?? []) await listener(event);
    },
  };
}
