// A typed emitter whose listeners may be asynchronous and are waited for.

export type Listener<Event> = (event: Event) => unknown;

export interface Emitter<Events> {
  /** Returns how to stop listening. */
  on<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): () => void;
  /** Resolves when every listener is done, in the order in which they were added; rejects with what a listener throws. */
  emit<Name extends keyof Events>(name: Name, event: Events[Name]): Promise<void>;
}

/** `first` are listeners that are there from the start. */
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
