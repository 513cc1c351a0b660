// A device as a person uses it: notifications shown as they come, keys to handle them.
import type { Subscription } from '../../client/wire.ts';
import type { Device, DeviceListeners } from '../../simulator/device-face.ts';
import { isQuitKey } from '../terminal/quit.ts';
import { createScreen, type Screen } from '../terminal/screen.ts';
import type { Key, Terminal } from '../terminal/terminal.ts';
import { safeLine, truncate } from '../terminal/text.ts';
import { createNumberedList, type NumberedList } from './list.ts';
import { clockTime, headOf, stateOf, tellNotification, tellToast, type ViewStyle } from './view.ts';

const KEYS_HELP = [
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
const KEYS_LINE = '↑↓ r a d s x b · ? help · q quit';
const SHORT_KEYS_LINE = '? help · q quit';
/** Below so many columns the keys leave no room for what is selected. */
const NARROW_COLUMNS = 50;

/** The command that sends to this device, ready to paste. */
export type SendLine = (subscription: Subscription) => string;

interface Showing {
  readonly terminal: Terminal;
  readonly screen: Screen;
  readonly list: NumberedList;
  readonly sendLine: SendLine;
  device: Device | undefined;
}

export interface PersonView {
  readonly listeners: DeviceListeners;
  /** Reads keys and shows the status line until the returned function is called. */
  attach(device: Device, quit: () => void): () => void;
}

function status(showing: Showing): string {
  const { device, list, terminal } = showing;
  if (!device) return '';
  const id = list.selected;
  const selected = id === undefined ? undefined : device.notifications.get(id);
  const saver = device.batterySaver ? '[battery saver] ' : '';
  const line = device.state === 'connected' ? '' : `[${device.state}] `;
  const what =
    id === undefined || selected?.status !== 'Active'
      ? 'no notification'
      : `#${list.numberOf(id)} (${safeLine(stateOf(selected))}) ${headOf(selected)}`;
  // The keys stay readable: what is selected gives way.
  const columns = terminal.columns();
  const keys = columns < NARROW_COLUMNS ? SHORT_KEYS_LINE : KEYS_LINE;
  const room = Math.max(12, columns - keys.length - 4);
  return terminal.out.colors.inverse(truncate(` ${truncate(`${saver}${line}▸ ${what}`, room)}  ${keys}`, columns - 1));
}

function refresh(showing: Showing): void {
  showing.screen.setStatus(status(showing));
}

function styleOf(terminal: Terminal): ViewStyle {
  return { colors: terminal.out.colors, columns: terminal.isInteractive ? terminal.columns() : Number.POSITIVE_INFINITY };
}

function listenersFor(showing: Showing): DeviceListeners {
  const { terminal, screen, list } = showing;
  const { dim, bold, yellow, red, green } = terminal.out.colors;
  const note = (text: string): void => {
    screen.print([`${dim(clockTime(Date.now()))}  ${text}`]);
    refresh(showing);
  };
  return {
    subscribed: (subscription) => {
      const { userNotificationSubscriptionId: unsid, application, platform, deviceId } = subscription;
      screen.print([`${bold('UNSID')} ${unsid}`, dim(`${platform} device ${deviceId}, subscribed for ${application}`)]);
      if (terminal.isInteractive) screen.print([dim(showing.sendLine(subscription))]);
    },
    connected: () => note(green('connected')),
    notification: (received) => {
      const { notification } = received;
      const lines = tellNotification(received, list.numberOf(notification.id), styleOf(terminal));
      if (notification.status === 'Deleted') list.remove(notification.id);
      else list.add(notification.id);
      screen.print(lines);
      refresh(showing);
    },
    toast: (toast) => {
      screen.print(tellToast(toast, list.knownNumberOf(toast.notificationId), styleOf(terminal)));
      refresh(showing);
    },
    held: () => note(yellow('a raw push was held back by the battery saver')),
    refetched: ({ gone }) => {
      for (const id of gone) list.remove(id);
      note(yellow('the position was lost; the whole history was read again'));
    },
    refused: ({ code, message }) => note(red(`the server did not accept a message: ${code}: ${message}`)),
    invalid: (reason) => note(red(`the server sent something that is no message: ${reason}`)),
    disconnected: ({ code, reason }) => note(yellow(`disconnected (${code}${reason === '' ? '' : ` ${reason}`})`)),
    reconnecting: ({ attempt, delayMs }) => note(dim(`reconnecting in ${(delayMs / 1000).toFixed(1)} s (attempt ${attempt})`)),
  };
}

interface Deed {
  readonly done: string;
  readonly run: (device: Device, id: string) => Promise<unknown>;
}

const DEEDS: Readonly<Record<string, Deed>> = {
  r: { done: 'marked as read', run: (device, id) => device.markRead(id) },
  a: { done: 'activated', run: (device, id) => device.activate(id) },
  d: { done: 'dismissed', run: (device, id) => device.dismiss(id) },
  s: { done: 'snoozed', run: (device, id) => device.snooze(id) },
  x: { done: 'deleted', run: (device, id) => device.delete(id) },
};

async function doDeed(showing: Showing, device: Device, deed: Deed): Promise<void> {
  const { screen, list, terminal } = showing;
  const id = list.selected;
  if (id === undefined) return;
  const { dim, red, blue } = terminal.out.colors;
  const head = headOf(device.notifications.get(id));
  const lead = `${dim(clockTime(Date.now()))}  ${dim(`#${list.numberOf(id)}`)} `;
  try {
    await deed.run(device, id);
    if (!device.notifications.has(id)) list.remove(id);
    screen.print([`${lead}${blue('◆')} ${head}: ${blue(`${deed.done} here`)}`]);
  } catch (error) {
    screen.print([`${lead}${red(error instanceof Error ? error.message : String(error))}`]);
  }
}

async function toggleSaver(showing: Showing, device: Device): Promise<void> {
  const { dim } = showing.terminal.out.colors;
  const on = !device.batterySaver;
  showing.screen.print([`${dim(clockTime(Date.now()))}  battery saver ${on ? 'on' : 'off'}`]);
  await device.setBatterySaver(on);
}

async function press(showing: Showing, device: Device, key: Key): Promise<void> {
  const deed = Object.hasOwn(DEEDS, key.name) ? DEEDS[key.name] : undefined;
  if (deed) await doDeed(showing, device, deed);
  else if (key.name === 'up' || key.name === 'k') showing.list.move(-1);
  else if (key.name === 'down' || key.name === 'j') showing.list.move(1);
  else if (key.name === 'b') await toggleSaver(showing, device);
  else if (key.name === '?') showing.screen.print(KEYS_HELP);
  refresh(showing);
}

export function createPersonView(terminal: Terminal, sendLine: SendLine): PersonView {
  const showing: Showing = { terminal, screen: createScreen(terminal), list: createNumberedList(), sendLine, device: undefined };
  return {
    listeners: listenersFor(showing),
    attach(device, quit) {
      showing.device = device;
      refresh(showing);
      const stopKeys = terminal.isInteractive
        ? terminal.onKey((key) => {
            if (isQuitKey(key)) quit();
            else if (!key.isControl) void press(showing, device, key);
          })
        : () => undefined;
      const stopResize = terminal.onResize(() => refresh(showing));
      return () => {
        stopKeys();
        stopResize();
        showing.device = undefined;
        showing.screen.end();
      };
    },
  };
}
