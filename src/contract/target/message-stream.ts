// Buffers received messages for an asynchronous reader.

export interface MessageStream<Message> {
  push(message: Message): void;
  /** No more messages will arrive. */
  end(): void;
  read(): AsyncIterableIterator<Message>;
}

export function createMessageStream<Message>(): MessageStream<Message> {
  const waiting: Message[] = [];
  let isOver = false;
  let wake: () => void = () => undefined;
  return {
    push: (message) => {
      waiting.push(message);
      wake();
    },
    end: () => {
      isOver = true;
      wake();
    },
    async *read() {
      for (;;) {
        const message = waiting.shift();
        if (message !== undefined) yield message;
        else if (isOver) return;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    },
  };
}
