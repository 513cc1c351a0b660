// What a device sends: judged by the document, handled one after the other, with bounded waiting.
import { type Received, receive } from '../domain/session.ts';
import type { Connection } from './connection.ts';
import type { Hub } from './hub.ts';

/** So many messages may wait to be handled before the socket is no longer read. */
const mostWaiting = 64;

export interface Inbox {
  /** A whole message, as it came. */
  readonly accept: (data: Buffer, isBinary: boolean) => void;
}

export interface InboxParts {
  readonly connection: Connection;
  readonly hub: Hub;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly onError: (error: unknown) => void;
}

export function createInbox({ connection, hub, pause, resume, onError }: InboxParts): Inbox {
  const { rules, delivery, frames } = hub;
  const { subscription, line } = connection;
  let last: Promise<void> = Promise.resolve();
  let waiting = 0;

  async function judged(text: string): Promise<Received> {
    const parsed = rules.parseClientMessage(text);
    if (parsed.ok) return { kind: 'ack', position: await delivery.position(subscription.feed, parsed.message.cursor) };
    const [{ target, message } = { target: '', message: 'is not valid' }] = parsed.faults;
    return { kind: 'invalid', reason: target === '' ? `The message ${message}.` : `${target}: ${message}` };
  }

  async function handle(text: string): Promise<void> {
    if (!line.isOpen()) return;
    const [session, effects] = receive(connection.session, await judged(text), rules.limits);
    connection.session = session;
    for (const effect of effects) {
      if (effect.kind === 'close') hub.close(connection, effect.as, 'too many invalid messages in a row');
      else if (effect.kind === 'error') answer(effect.code, effect.message);
      else {
        const covered = connection.progress.acknowledged(effect.position);
        await delivery.acknowledge(subscription, effect.position, covered);
      }
    }
  }

  /** A client that sends faults and reads no answer must not fill the memory. */
  function answer(code: string, message: string): void {
    if (line.unsentBytes() > rules.limits.maxUnsentBytes) hub.close(connection, 'tooSlow', 'the client takes nothing');
    else line.write(frames.message({ type: 'error', error: { code, message } }));
  }

  function done(): void {
    waiting -= 1;
    if (waiting === 0) resume();
  }

  function accept(data: Buffer, isBinary: boolean): void {
    if (!line.isOpen()) return;
    if (isBinary) {
      hub.close(connection, 'binaryMessage', 'binary messages are not understood');
      return;
    }
    waiting += 1;
    if (waiting >= mostWaiting) pause();
    const text = data.toString('utf8');
    last = last
      .then(() => handle(text))
      .catch((error: unknown) => {
        onError(error);
        hub.close(connection, 'serverFault', 'the message could not be handled');
      })
      .finally(done);
  }

  return { accept };
}
