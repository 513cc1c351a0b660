// Processes the messages of a device one after the other: detects duplicates, defers, delivers, fetches, acknowledges.
import type { Client } from '../client/client.ts';
import type { ClientTimer } from '../client/timer.ts';
import type { ConnectedMessage, NotificationMessage, ServerMessage, SignalMessage } from '../client/wire.ts';
import { createAcknowledger } from './acknowledger.ts';
import type { Connection } from './connection.ts';
import { createDeferredPushes, type DeferredPush } from './deferred-pushes.ts';
import type { DeviceEvents } from './device-api.ts';
import { DeviceError } from './device-error.ts';
import type { DeviceOptions } from './device-options.ts';
import type { Emitter } from './emitter.ts';
import type { Inbox } from './inbox.ts';
import type { Mailbox } from './mailbox.ts';
import { defaultMemoryLimit } from './memory.ts';
import { createMessageQueue } from './message-queue.ts';
import type { Received } from './received.ts';
import { type Fetched, fetchHistory, fetchSince } from './sync.ts';
import { isName, wrongInNotification, wrongInVisualContent } from './usable.ts';

export interface PipelineParts {
  readonly settings: Pick<DeviceOptions, 'autoAcknowledge' | 'acknowledgeDelayMs' | 'batterySaver'> & { readonly timer: ClientTimer };
  readonly client: Client;
  readonly unsid: string;
  readonly emitter: Emitter<DeviceEvents>;
  readonly inbox: Inbox;
  readonly mailbox: Mailbox;
  readonly connection: Connection;
}

export interface Pipeline {
  take(message: ServerMessage, characters: number): void;
  readonly batterySaver: boolean;
  setBatterySaver(on: boolean): Promise<void>;
  acknowledge(cursor: string): void;
  /** The last cursor that was acknowledged automatically: where the next connection may start. */
  acknowledged(): string | undefined;
  stop(): void;
}

/** Path of the first member that the device needs and the message lacks. */
function wrongIn(message: ServerMessage): string | undefined {
  if ('cursor' in message && !isName(message.cursor)) return '/cursor';
  if (message.type === 'notification') return wrongInNotification(message.notification, '/notification');
  return message.type === 'toast' ? wrongInVisualContent(message.visualContent, '/visualContent') : undefined;
}

function createAcks({ settings, connection, emitter }: PipelineParts) {
  const delay = settings.acknowledgeDelayMs ?? 0;
  return createAcknowledger({
    delayMs: typeof delay === 'function' ? delay : () => delay,
    timer: settings.timer,
    send: (cursor) => {
      if (connection.state !== 'connected' || !connection.socket) return false;
      connection.socket.acknowledge(cursor);
      void emitter.emit('acknowledged', cursor);
      return true;
    },
  });
}

export function createPipeline(parts: PipelineParts): Pipeline {
  const { client, unsid, emitter, inbox, mailbox, connection, settings } = parts;
  const deferred = createDeferredPushes();
  const acks = createAcks(parts);
  const isAutomatic = settings.autoAcknowledge ?? true;
  let isSavingBattery = settings.batterySaver ?? false;
  let isStopped = false;
  /** After a failed fetch, messages of this connection are ignored: acknowledging a later one would also acknowledge what is missing. */
  let isSuspended = false;
  /** The last cursor of the device: where the next fetch continues. */
  let position: string | undefined;

  const handled = (cursor: string): void => {
    if (isAutomatic) acks.handled(cursor);
  };
  const deliver = async (received: Received): Promise<void> => {
    if (received.kind === 'toast') await emitter.emit('toast', received);
    else await emitter.emit('notification', received);
    mailbox.deliver(received);
  };
  const show = async (message: NotificationMessage): Promise<void> => {
    await deliver(inbox.push(message, settings.timer.now()));
    position = message.cursor;
    handled(message.cursor);
  };
  const defer = async (message: DeferredPush): Promise<void> => {
    deferred.defer(message);
    if (deferred.bytes > defaultMemoryLimit) {
      isSuspended = true;
      const text = `The battery saver would hold back more than ${defaultMemoryLimit} bytes, the maximum that a device stores.`;
      return connection.fail(new DeviceError('Unusable', text));
    }
    if (deferred.size > 0) acks.hold();
    handled(message.cursor);
    if (deferred.size === 0) acks.release();
    await emitter.emit('held', message);
  };
  const showFetched = async (fetched: Fetched): Promise<void> => {
    for (const notification of fetched.notifications) {
      const received = inbox.fetched(notification, settings.timer.now());
      if (received) await deliver(received);
    }
    position = fetched.cursor;
    if (!fetched.complete) return;
    const present = new Set(fetched.notifications.map(({ id }) => id));
    const gone = [...inbox.notifications.keys()].filter((id) => !present.has(id));
    for (const id of gone) inbox.deletedHere(id);
    await emitter.emit('refetched', { gone });
  };
  /**
   * A failed fetch closes the connection, and what was not acknowledged is announced again on the next one. If the service's
   * responses are unusable the device stops instead, because the next connection would have the same result.
   */
  const fetchOrDrop = async (fetching: () => Promise<Fetched>): Promise<boolean> => {
    const fetched = await fetching().catch((error: unknown) => {
      isSuspended = true;
      if (isStopped) return;
      if (error instanceof DeviceError && error.code === 'Unusable') connection.fail(error);
      else connection.socket?.close();
    });
    if (fetched) await showFetched(fetched);
    return fetched !== undefined;
  };
  const onConnected = async (message: ConnectedMessage): Promise<void> => {
    isSuspended = false;
    await emitter.emit('connected', message);
    if (message.resumed) position ??= message.cursor;
    else if (await fetchOrDrop(() => fetchHistory(client, unsid))) handled(message.cursor);
  };
  const onSignal = async (message: SignalMessage): Promise<void> => {
    await emitter.emit('signal', message);
    const since = position ?? message.cursor;
    if (await fetchOrDrop(() => fetchSince(client, unsid, { cursor: since }))) handled(message.cursor);
  };
  const onNotification = async (message: NotificationMessage): Promise<void> => {
    if (inbox.isNew(message)) return show(message);
    await emitter.emit('duplicate', message);
    handled(message.cursor);
  };
  const handle = async (message: ServerMessage): Promise<void> => {
    if (message.type === 'connected') return onConnected(message);
    if (isSuspended) return;
    const wrong = wrongIn(message);
    if (wrong !== undefined) return emitter.emit('invalid', `The ${message.type} message is not valid at ${wrong}.`);
    if (message.type === 'toast') return deliver(inbox.toast(message, settings.timer.now()));
    if (message.type === 'error') return emitter.emit('refused', message.error);
    if (isSavingBattery && deferred.shouldDefer(message) && (message.type === 'signal' || inbox.isNew(message))) return defer(message);
    return message.type === 'signal' ? onSignal(message) : onNotification(message);
  };
  /** The cursors of deferred messages were recorded when they were deferred; delivering them does not move the position back. */
  const release = async (): Promise<void> => {
    for (const message of deferred.take()) {
      if (message.type === 'notification') await deliver(inbox.push(message, settings.timer.now()));
      else if (!(await fetchOrDrop(() => fetchSince(client, unsid, { cursor: position ?? message.cursor })))) return acks.forget();
    }
    acks.release();
  };
  const queue = createMessageQueue<() => Promise<void>>({
    handle: (job) => (isStopped ? Promise.resolve() : job()),
    pause: () => connection.socket?.pause(),
    resume: () => connection.socket?.resume(),
    // An error in a listener is a bug of the calling program: it becomes an uncaught exception, and the message is not acknowledged.
    fail: (error) =>
      queueMicrotask(() => {
        throw error;
      }),
  });
  return {
    take: (message, characters) => queue.add(() => handle(message), characters),
    get batterySaver() {
      return isSavingBattery;
    },
    setBatterySaver(on) {
      queue.add(async () => {
        isSavingBattery = on;
        if (!on) await release();
      });
      return queue.idle();
    },
    acknowledge: (cursor) => connection.socket?.acknowledge(cursor),
    acknowledged: () => acks.sent,
    stop() {
      isStopped = true;
      acks.stop();
    },
  };
}
