// Handles messages one after the other, and stops the line from reading while too many wait.

export interface MessageQueue<Message> {
  add(message: Message): void;
  /** Resolves when all that was added before is handled. */
  idle(): Promise<void>;
}

const PAUSE_ABOVE = 512;
const RESUME_BELOW = 64;

/** `fail` is told what `handle` throws; the next message is handled all the same. */
export function createMessageQueue<Message>(options: {
  handle: (message: Message) => Promise<void>;
  pause: () => void;
  resume: () => void;
  fail: (error: unknown) => void;
}): MessageQueue<Message> {
  let tail = Promise.resolve();
  let waiting = 0;
  let paused = false;
  const run = async (message: Message): Promise<void> => {
    try {
      await options.handle(message);
    } catch (error) {
      options.fail(error);
    }
    waiting -= 1;
    if (paused && waiting < RESUME_BELOW) {
      paused = false;
      options.resume();
    }
  };
  return {
    add(message) {
      waiting += 1;
      if (!paused && waiting > PAUSE_ABOVE) {
        paused = true;
        options.pause();
      }
      tail = tail.then(() => run(message));
    },
    idle: () => tail,
  };
}
