// Handles messages one after the other, and pauses reading from the socket while too many are waiting.

export interface MessageQueue<Message> {
  /** `characters` is an estimate of the memory that the message takes. */
  add(message: Message, characters?: number): void;
  /** Resolves when all messages added before are handled. */
  idle(): Promise<void>;
}

const maxWaiting = 512;
const resumeBelow = 64;
/** Maximum total length of the waiting messages; reading resumes at half of it. */
const maxWaitingCharacters = 33_554_432;

/** Passes what `handle` throws to `fail`, and continues with the next message. */
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
