// Validates and handles the messages of a device, one after the other, with a bounded queue.
import { type Received, receive } from '../domain/session.ts';
import type { Connection } from './connection.ts';
import type { Hub } from './hub.ts';

/** Maximum number of messages that wait to be handled before the socket is no longer read. */
const maxWaiting = 64;

export interface Inbox {
  /** Accepts a complete message. Everything received before a close is handled in order, even if the connection has been closed since (R2). */
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
  const { subscription, writer } = connection;
  let waiting = 0;
  /** The device violated the protocol; all later messages are ignored. */
  let hasFailed = false;

  async function validated(text: string): Promise<Received> {
    const parsed = rules.parseClientMessage(text);
    if (parsed.ok) return { kind: 'ack', located: await delivery.locate(subscription.feed, parsed.message.cursor) };
    const [{ target, message } = { target: '', message: 'is not valid' }] = parsed.violations;
    return { kind: 'invalid', reason: target === '' ? `The message ${message}.` : `${target}: ${message}` };
  }

  async function handle(data: Buffer, isBinary: boolean): Promise<void> {
    if (hasFailed) return;
    if (isBinary) {
      fail('binaryMessage', 'binary messages are not understood');
      return;
    }
    const [session, effects] = receive(connection.session, await validated(data.toString('utf8')), rules.limits);
    connection.session = session;
    for (const effect of effects) {
      if (effect.kind === 'close') fail(effect.as, effect.reason);
      else if (effect.kind === 'error') answer(effect.code, effect.message);
      else await delivery.acknowledge(subscription, connection.progress.acknowledged(effect.located.position, effect.located.head));
    }
  }

  function fail(as: Parameters<Hub['close']>[1], reason: string): void {
    hasFailed = true;
    hub.close(connection, as, reason);
  }

  /** A client that sends invalid messages without reading the errors must not exhaust memory. */
  function answer(code: string, message: string): void {
    // A push channel delivers pushes only.
    if (connection.pushChannel) return;
    if (writer.unsentBytes() > rules.limits.maxUnsentBytes) hub.close(connection, 'tooSlow', 'the client takes nothing');
    else writer.write(frames.message({ type: 'error', error: { code, message } }));
  }

  function done(): void {
    waiting -= 1;
    if (waiting === 0) resume();
  }

  function accept(data: Buffer, isBinary: boolean): void {
    waiting += 1;
    if (waiting >= maxWaiting) pause();
    connection.handling = connection.handling
      .then(() => handle(data, isBinary))
      .catch((error: unknown) => {
        onError(error);
        hub.close(connection, 'serverFault', 'the message could not be handled');
      })
      .finally(done);
  }

  return { accept };
}
