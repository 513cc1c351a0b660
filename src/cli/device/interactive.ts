// The interactive view of a device: prints notifications when they arrive and handles them by keyboard.
import type { Subscription } from '../../client/wire.ts';
import type { Device, DeviceListeners } from '../../simulator/device-api.ts';
import { isQuitKey } from '../terminal/quit.ts';
import { createScreen, type Screen } from '../terminal/screen.ts';
import type { Key, Terminal } from '../terminal/terminal.ts';
import { safeLine, truncate } from '../terminal/text.ts';
import { createNumberedList, type NumberedList } from './list.ts';
import { clockTime, formatNotification, formatToast, headOf, stateOf, type ViewStyle } from './view.ts';

const keysHelp = [
  '  ↑ ↓ or j k  select a notification',
  '  r           mark as read',
  '  a           activate',
  '  d           dismiss',
  '  s           snooze',
  '  x           delete, on all devices',
  '  b           battery saver on or off',
  '  ?           this help',
  '  q, Ctrl-C   quit',
];
const keysLine = '↑↓ r a d s x b · ? help · q quit';
const shortKeysLine = '? help · q quit';
/** Minimum number of columns for the full list of keys beside the selection. */
const minColumnsForKeys = 50;

/** Composes the command that sends to a device, ready to paste. */
export type SendLine = (subscription: Subscription) => string;

interface ViewState {
  readonly terminal: Terminal;
  readonly screen: Screen;
  readonly list: NumberedList;
  readonly sendLine: SendLine;
  device: Device | undefined;
}

export interface InteractiveView {
  readonly listeners: DeviceListeners;
  /** Reads keys and shows the status line until the returned function is called. */
  attach(device: Device, quit: () => void): () => void;
}

function status(view: ViewState): string {
  const { device, list, terminal } = view;
  if (!device) return '';
  const id = list.selected;
  const selected = id === undefined ? undefined : device.notifications.get(id);
  const saver = device.batterySaver ? '[battery saver] ' : '';
  const connection = device.state === 'connected' ? '' : `[${device.state}] `;
  const what =
    id === undefined || selected?.status !== 'Active'
      ? 'no notification'
      : `#${list.numberOf(id)} (${safeLine(stateOf(selected))}) ${headOf(selected)}`;
  // The keys stay readable: the text of the selection is truncated.
  const columns = terminal.columns();
  const keys = columns < minColumnsForKeys ? shortKeysLine : keysLine;
  const room = Math.max(12, columns - keys.length - 4);
  return terminal.out.colors.inverse(truncate(` ${truncate(`${saver}${connection}▸ ${what}`, room)}  ${keys}`, columns - 1));
}

function refresh(view: ViewState): void {
  view.screen.setStatus(status(view));
}

function styleOf(terminal: Terminal): ViewStyle {
  return { colors: terminal.out.colors, columns: terminal.isInteractive ? terminal.columns() : Number.POSITIVE_INFINITY };
}

function listenersFor(view: ViewState): DeviceListeners {
  const { terminal, screen, list } = view;
  const { dim, bold, yellow, red, green } = terminal.out.colors;
  const note = (text: string): void => {
    screen.print([`${dim(clockTime(Date.now()))}  ${text}`]);
    refresh(view);
  };
  return {
    subscribed: (subscription) => {
      const { userNotificationSubscriptionId: unsid, application, platform, deviceId } = subscription;
      screen.print([`${bold('UNSID')} ${unsid}`, dim(`${platform} device ${deviceId}, subscribed for ${application}`)]);
      if (terminal.isInteractive) screen.print([dim(`To send to it: ${view.sendLine(subscription)}`)]);
    },
    connected: () => note(green('connected')),
    notification: (received) => {
      const { notification } = received;
      const lines = formatNotification(received, list.numberOf(notification.id), styleOf(terminal));
      if (notification.status === 'Deleted') list.remove(notification.id);
      else list.add(notification.id);
      screen.print(lines);
      refresh(view);
    },
    toast: (toast) => {
      screen.print(formatToast(toast, list.knownNumberOf(toast.notificationId), styleOf(terminal)));
      refresh(view);
    },
    held: () => note(yellow('the battery saver holds back a raw push')),
    refetched: ({ gone }) => {
      for (const id of gone) list.remove(id);
      note(yellow('the service no longer knows the cursor; the whole history was fetched again'));
    },
    refused: ({ code, message }) => note(red(`the server rejected a message of this device: ${code}: ${message}`)),
    invalid: (reason) => note(red(`the server sent an invalid message: ${reason}`)),
    disconnected: ({ code, reason }) => note(yellow(`disconnected (${code}${reason === '' ? '' : ` ${reason}`})`)),
    reconnecting: ({ attempt, delayMs }) => note(dim(`reconnecting in ${(delayMs / 1000).toFixed(1)} s (attempt ${attempt})`)),
  };
}

interface KeyAction {
  readonly done: string;
  readonly run: (device: Device, id: string) => Promise<unknown>;
}

const keyActions: Readonly<Record<string, KeyAction>> = {
  r: { done: 'marked as read', run: (device, id) => device.markRead(id) },
  a: { done: 'activated', run: (device, id) => device.activate(id) },
  d: { done: 'dismissed', run: (device, id) => device.dismiss(id) },
  s: { done: 'snoozed', run: (device, id) => device.snooze(id) },
  x: { done: 'deleted', run: (device, id) => device.delete(id) },
};

async function performAction(view: ViewState, device: Device, action: KeyAction): Promise<void> {
  const { screen, list, terminal } = view;
  const id = list.selected;
  if (id === undefined) return;
  const { dim, red, blue } = terminal.out.colors;
  const head = headOf(device.notifications.get(id));
  const lead = `${dim(clockTime(Date.now()))}  ${dim(`#${list.numberOf(id)}`)} `;
  try {
    await action.run(device, id);
    if (!device.notifications.has(id)) list.remove(id);
    screen.print([`${lead}${blue('◆')} ${head}: ${blue(`${action.done} on this device`)}`]);
  } catch (error) {
    screen.print([`${lead}${red(error instanceof Error ? error.message : String(error))}`]);
  }
}

async function toggleSaver(view: ViewState, device: Device): Promise<void> {
  const { dim } = view.terminal.out.colors;
  const on = !device.batterySaver;
  view.screen.print([`${dim(clockTime(Date.now()))}  battery saver ${on ? 'on' : 'off'}`]);
  await device.setBatterySaver(on);
}

async function press(view: ViewState, device: Device, key: Key): Promise<void> {
  const action = Object.hasOwn(keyActions, key.name) ? keyActions[key.name] : undefined;
  if (action) await performAction(view, device, action);
  else if (key.name === 'up' || key.name === 'k') view.list.move(-1);
  else if (key.name === 'down' || key.name === 'j') view.list.move(1);
  else if (key.name === 'b') await toggleSaver(view, device);
  else if (key.name === '?') view.screen.print(keysHelp);
  refresh(view);
}

export function createInteractiveView(terminal: Terminal, sendLine: SendLine): InteractiveView {
  const view: ViewState = { terminal, screen: createScreen(terminal), list: createNumberedList(), sendLine, device: undefined };
  return {
    listeners: listenersFor(view),
    attach(device, quit) {
      view.device = device;
      refresh(view);
      const stopKeys = terminal.isInteractive
        ? terminal.onKey((key) => {
            if (isQuitKey(key)) quit();
            else if (!key.isControl) void press(view, device, key);
          })
        : () => undefined;
      const stopResize = terminal.onResize(() => refresh(view));
      return () => {
        stopKeys();
        stopResize();
        view.device = undefined;
        view.screen.end();
      };
    },
  };
}
