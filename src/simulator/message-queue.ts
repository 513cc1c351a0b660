// Handles messages one after the other, and stops the line from reading while too many wait.

export interface MessageQueue<Message> {
  /** `characters`: how much memory it takes, about. */
  add(message: Message, characters?: number): void;
  /** Resolves when all that was added before is handled. */
  idle(): Promise<void>;
}

const maxWaiting = 512;
const resumeBelow = 64;
/** Of all messages that wait; half of it is where reading goes on. */
const maxWaitingCharacters = 33_554_432;

/** `fail` is told what `handle` throws; the next message is handled all the same. */
export function createMessageQueue<Message>(options: {
  handle: (message: Message) => Promise<void>;
  pause: () => void;
  resume: () => void;
  fail: (error: unknown) => void;
}): MessageQueue<Message> {
  let tail = Promise.resolve();
  let waiting = 0;
  let waitingCharacters = 0;
  let paused = false;
  const run = async (message: Message, characters: number): Promise<void> => {
    try {
      await options.handle(message);
    } catch (error) {
      options.fail(error);
    }
    waiting -= 1;
    waitingCharacters -= characters;
    if (paused && waiting < resumeBelow && waitingCharacters < maxWaitingCharacters / 2) {
      paused = false;
      options.resume();
    }
  };
  return {
    add(message, characters = 0) {
      waiting += 1;
      waitingCharacters += characters;
      if (!paused && (waiting > maxWaiting || waitingCharacters > maxWaitingCharacters)) {
        paused = true;
        options.pause();
      }
      tail = tail.then(() => run(message, characters));
    },
    idle: () => tail,
  };
}
