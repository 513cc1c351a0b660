// Formats what a device received in a few lines of text: content, state, what changed and why.
import type { ActiveNotification, ClientNotification } from '../../client/wire.ts';
import { leadOf, type ReceivedNotification, type ReceivedToast } from '../../simulator/received.ts';
import { jsonIn } from '../../values/json.ts';
import type { Colors } from '../terminal/output.ts';
import { safeLine, safeLines, wrap } from '../terminal/text.ts';

const maxLines = 40;
const maxCharacters = 8192;
const maxHeadCharacters = 60;
const indentation = ' '.repeat(10);

/** `12:03:04`, local time. */
export function clockTime(atMs: number): string {
  return new Date(atMs).toTimeString().slice(0, 8);
}

/** `2026-11-30 15:11`, in local time. */
function localTime(dateTime: string): string {
  const at = new Date(dateTime);
  if (Number.isNaN(at.getTime())) return dateTime;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${at.toTimeString().slice(0, 5)}`;
}

/** Styles and line width; the width is unlimited when output goes to a file or pipe. */
export interface ViewStyle {
  readonly colors: Colors;
  readonly columns: number;
}

/** Wraps and indents the lines below the first one. */
function indented(lines: readonly string[], { columns }: ViewStyle, paint: (line: string) => string = (line) => line): readonly string[] {
  return lines.flatMap((line) => wrap(line, Math.max(20, columns - indentation.length))).map((line) => indentation + paint(line));
}

/** A notification on one line: its title, or the start of its raw content. */
export function headOf(notification: ClientNotification | undefined): string {
  if (!notification || notification.status === 'Deleted') return '(unknown)';
  const head = safeLine(leadOf(notification.payload).slice(0, 200));
  return head.length > maxHeadCharacters ? `${head.slice(0, maxHeadCharacters - 1)}…` : head;
}

/** `unread`, `read, dismissed` */
export function stateOf(notification: ActiveNotification): string {
  const action = notification.userActionState === 'NoInteraction' ? [] : [notification.userActionState.toLowerCase()];
  return [notification.readState.toLowerCase(), ...action].join(', ');
}

function prettyJson(raw: string): string | undefined {
  const value = jsonIn(raw);
  return typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : undefined;
}

/** Raw content, unless the first line shows it completely. */
function rawLines(raw: string, isHead: boolean): readonly string[] {
  const json = prettyJson(raw);
  const text = json ?? raw;
  if (isHead && json === undefined && raw.length <= maxHeadCharacters && !raw.includes('\n')) return [];
  const lines = safeLines(text.slice(0, maxCharacters));
  const rest = lines.length > maxLines || text.length > maxCharacters ? [`… (${raw.length} characters in all)`] : [];
  return [...lines.slice(0, maxLines), ...rest];
}

function displayOf(seconds: number | null | undefined): readonly string[] {
  if (typeof seconds !== 'number') return [];
  return [seconds === 0 ? 'no longer to be displayed' : `displayed for ${seconds} s`];
}

function contentLines(notification: ActiveNotification, style: ViewStyle): readonly string[] {
  const { visualContent, rawContent } = notification.payload;
  const body = safeLines(visualContent?.body ?? '');
  const raw = rawContent === undefined ? [] : rawLines(rawContent, visualContent === undefined);
  const facts = [
    stateOf(notification),
    `priority ${notification.priority}`,
    ...(typeof notification.groupName === 'string' ? [`group ${notification.groupName}`] : []),
    ...(typeof notification.appNotificationId === 'string' ? [`id ${notification.appNotificationId}`] : []),
    ...displayOf(notification.displayTimeToLive),
    `expires ${localTime(notification.expirationDateTime)}`,
  ];
  const { colors } = style;
  return [
    ...(visualContent?.body === undefined ? [] : indented(body, style)),
    ...indented(raw, style, colors.cyan),
    ...indented([safeLine(facts.join(' · '))], style, colors.dim),
  ];
}

function isContentNew(before: ActiveNotification, after: ActiveNotification): boolean {
  const content = ({ payload, groupName, priority, expirationDateTime }: ActiveNotification): string =>
    JSON.stringify([
      payload.visualContent?.title,
      payload.visualContent?.body,
      payload.rawContent,
      groupName,
      priority,
      expirationDateTime,
    ]);
  return content(before) !== content(after);
}

const actionTexts = {
  NoInteraction: 'reset to no interaction',
  Activated: 'activated',
  Dismissed: 'dismissed',
  Snoozed: 'snoozed',
} as const;

/** What changed, and where as far as it is known; undefined if the content is new. */
function causeOf(before: ClientNotification | undefined, after: ActiveNotification): string | undefined {
  if (!before || before.status === 'Deleted') return `changed before this device received it, now ${stateOf(after)}`;
  if (isContentNew(before, after)) return undefined;
  const changes = [
    ...(before.readState === after.readState ? [] : [after.readState === 'Read' ? 'read' : 'marked unread']),
    ...(before.userActionState === after.userActionState ? [] : [actionTexts[after.userActionState] ?? after.userActionState]),
  ];
  // No visible change: the app server sent the same content again (D5).
  return changes.length === 0 ? undefined : `${changes.join(' and ')} on another device`;
}

function fetchedSuffix(received: ReceivedNotification): string {
  return received.via === 'fetch' ? ' (fetched)' : '';
}

/** Formats a notification that was created, updated or deleted; `number` is its number on the terminal. */
export function formatNotification(received: ReceivedNotification, number: number, style: ViewStyle): readonly string[] {
  const { colors } = style;
  const { notification, previous, change } = received;
  const lead = `${colors.dim(clockTime(received.receivedAt))}  ${colors.dim(`#${number}`)} `;
  if (notification.status === 'Deleted') {
    return [`${lead}${colors.red('✕')} ${headOf(previous)}: ${colors.red('deleted on another device')}${fetchedSuffix(received)}`];
  }
  const { visualContent, rawContent } = notification.payload;
  const isJson = visualContent === undefined && prettyJson(rawContent ?? '') !== undefined;
  const head = colors.bold(isJson ? 'JSON' : headOf(notification));
  const kind = visualContent ? '' : ' (raw)';
  if (change === 'created') {
    return [`${lead}${colors.green('●')} ${head}${colors.dim(kind)}${fetchedSuffix(received)}`, ...contentLines(notification, style)];
  }
  const cause = causeOf(previous, notification);
  if (cause !== undefined)
    return [`${lead}${colors.yellow('○')} ${headOf(notification)}: ${colors.yellow(cause)}${fetchedSuffix(received)}`];
  return [
    `${lead}${colors.green('●')} ${head}${colors.dim(kind)}: ${colors.yellow('sent again by the app server')}${fetchedSuffix(received)}`,
    ...contentLines(notification, style),
  ];
}

/** Formats a fallback toast (F16); `number` is undefined if the raw notification was not printed. */
export function formatToast(toast: ReceivedToast, number: number | undefined, style: ViewStyle): readonly string[] {
  const { colors } = style;
  const name = number === undefined ? '' : `${colors.dim(`#${number}`)} `;
  const body = toast.visualContent.body === undefined ? [] : safeLines(toast.visualContent.body);
  return [
    `${colors.dim(clockTime(toast.receivedAt))}  ${name}${colors.magenta('▲ fallback toast')} ${colors.bold(safeLine(toast.visualContent.title))}`,
    ...indented(body, style),
    ...indented([safeLine(`for raw notification ${toast.notificationId}, which was not fetched in time`)], style, colors.dim),
  ];
}
