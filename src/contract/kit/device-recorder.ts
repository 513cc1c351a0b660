// A connected device of a scenario: records all messages, and fetches the changes that a signal stands for (F24).
import type { CaseContext } from '../case.ts';
import type { AdapterConnection, AdapterDevice, AdapterMessage, AdapterNotification } from '../target/adapter.ts';
import { createInbox, type Inbox } from '../target/inbox.ts';

export type ReceivedMessage =
  | {
      readonly kind: 'notification';
      /** Undefined if it was fetched after a signal: a list does not have it. */
      readonly change: 'created' | 'updated' | 'deleted' | undefined;
      readonly notification: AdapterNotification;
      /** The cursor that acknowledges it. */
      readonly cursor: string;
    }
  | Extract<AdapterMessage, { readonly kind: 'toast' | 'signal' | 'closed' | 'connected' }>;

export interface DeviceRecorder {
  readonly device: AdapterDevice;
  /** Name in transcripts: `user/iOS-2`. */
  readonly who: string;
  /** All messages of this connection, `connected` first. */
  readonly received: Inbox<ReceivedMessage>;
  readonly connected: Extract<AdapterMessage, { readonly kind: 'connected' }>;
  /** Fetches nothing after a signal. */
  readonly ignoresSignals: boolean;
  acknowledge(cursor: string): Promise<void>;
  close(how?: { readonly abruptly: boolean }): Promise<void>;
}

export interface DeviceRecorderParts {
  readonly context: CaseContext;
  readonly device: AdapterDevice;
  readonly who: string;
  readonly connection: AdapterConnection;
  /** Fetches nothing after a signal, for scenarios of devices that must not have fetched. */
  readonly ignoresSignals: boolean;
}

/** Resolves when the device has received `connected`. @throws Error if it does not */
export async function createDeviceRecorder({
  context,
  device,
  who,
  connection,
  ignoresSignals,
}: DeviceRecorderParts): Promise<DeviceRecorder> {
  const received = createInbox<ReceivedMessage>();
  const pump = async () => {
    let cursor: string | undefined;
    for await (const message of connection.messages()) {
      context.note(who, `got ${describe(message)}`);
      if (message.kind === 'connected') cursor = message.cursor;
      received.push(message);
      if (message.kind !== 'signal' || ignoresSignals) continue;
      const fetched = await fetchSince(context, device, cursor);
      cursor = fetched.cursor ?? message.cursor;
      for (const notification of fetched.notifications) {
        context.note(who, `fetched ${describeNotification(notification)}`);
        received.push({ kind: 'notification', change: undefined, notification, cursor });
      }
    }
  };
  pump().then(
    () => received.end(),
    (error: unknown) => received.end(error instanceof Error ? error : new Error(String(error))),
  );
  const first = await received.find(({ kind }) => kind === 'connected' || kind === 'closed', {
    limitMs: context.arrivalTimeoutMs,
    signal: context.signal,
  });
  const connected = first === undefined ? undefined : received.all[first];
  if (connected?.kind !== 'connected')
    throw new Error(`${who} did not receive a connected message within ${context.arrivalTimeoutMs / 1000} s.`);
  return {
    device,
    who,
    received,
    connected,
    ignoresSignals,
    acknowledge: async (cursor) => {
      context.note(who, `acknowledges ${cursor}`);
      await connection.acknowledge(cursor);
    },
    close: async (how) => {
      context.note(who, how?.abruptly ? 'cuts the connection' : 'closes');
      await connection.close(how);
    },
  };
}

/** All changes since the device's cursor; the whole history if its protocol has no cursor. */
async function fetchSince({ devices }: CaseContext, device: AdapterDevice, cursor: string | undefined) {
  if (cursor === undefined) return { notifications: await devices.list(device), cursor: undefined };
  return devices.changes(device, cursor);
}

export function describe(message: ReceivedMessage): string {
  switch (message.kind) {
    case 'connected':
      return `connected${message.resumed ? '' : ', not resumed'}${message.cursor === undefined ? '' : `, from ${message.cursor}`}`;
    case 'notification':
      return `${message.change ?? 'fetched'} ${describeNotification(message.notification)} at ${message.cursor}`;
    case 'toast':
      return `a toast of ${message.notificationId}: ${JSON.stringify(message.visualContent)}`;
    case 'signal':
      return `a signal at ${message.cursor}`;
    case 'closed':
      return `the end of the connection${message.code === undefined ? '' : ` with ${message.code}`}`;
  }
}

function describeNotification({ id, status, readState, userActionState }: AdapterNotification): string {
  return `${id} (${[status, readState, userActionState].filter((state) => state !== undefined).join(', ')})`;
}
