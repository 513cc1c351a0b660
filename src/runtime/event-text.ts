// Formats the events of the log: a table from the kind of event to symbol, parts and details.
import type { DeliveryEvent, LogEvent, MessageDetail, RequestEvent, SocketClosedEvent } from '../domain/log-event.ts';
import { shortened } from './plain-text.ts';

export type Tone = 'good' | 'bad' | 'warning' | 'quiet' | 'plain';

/** Text in one style. */
export interface Part {
  readonly text: string;
  readonly tone: Tone;
}

export interface TextEntry {
  /** One character. */
  readonly symbol: string;
  readonly tone: Tone;
  /** Separated by ` · `; the texts within a part are separated by a space. */
  readonly parts: readonly (readonly Part[])[];
  /** Additional lines. */
  readonly details: readonly string[];
}

type Texts = { readonly [Kind in LogEvent['event']]: (event: Extract<LogEvent, { event: Kind }>) => TextEntry };

const maxReason = 300;
/** Longer segments of a path are ids. */
const maxSegment = 24;

/** Headers of nearly every request or response, omitted from the text; the JSON log has them. */
const usualHeaders =
  /^(?:host|connection|accept|accept-encoding|accept-language|content-length|sec-.*|(?:x-ms-)?request-id|client-request-id|date|duration|x-ms-ags-diagnostic|odata-version|cache-control|pragma|strict-transport-security|access-control-.*)$/;

const plain = (text: string): Part => ({ text, tone: 'plain' });
const quiet = (text: string): Part => ({ text, tone: 'quiet' });

const texts: Texts = {
  request: requestText,
  'socket-opened': (event) =>
    entry(
      '+',
      'good',
      [[plain('socket opened')], ...(event.resumed ? [] : [[plain('its cursor is unknown: receives only new notifications')]])],
      event,
    ),
  'socket-closed': (event) => entry('-', 'plain', [[plain(closedText(event))], ...durationOf(event.durationMs)], event),
  delivery: (event) => entry('→', 'good', [[plain(`${changeText(event)}: ${deliveryText(event)}`)]], event),
  'caught-up': (event) => entry('→', 'good', [[plain(`caught up with ${counted(event.notifications, 'notification')}`)]], event),
  'fallback-due': (event) => entry('▲', 'plain', [[plain(fallbackText(event.devices))]], event),
  toast: (event) => entry('▲', 'good', [[plain('fallback toast sent')]], event),
  'notifications-expired': (event) => entry('○', 'plain', [[plain(`${counted(event.count, 'notification')} expired`)]], event),
  'subscription-expired': (event) => entry('○', 'plain', [[plain('subscription expired')]], event),
  stopped: ({ sockets }) => entry('·', 'plain', [[plain(sockets === 0 ? 'stopped' : `stopped; ${counted(sockets, 'socket')} closed`)]], {}),
};

export function eventText(event: LogEvent): TextEntry {
  // Each kind maps to a function for its own event type, which the compiler cannot infer here.
  return (texts[event.event] as (event: LogEvent) => TextEntry)(event);
}

type Subject = Omit<Partial<Extract<LogEvent, { event: 'toast' }>>, 'event'>;

/** Appends user, application and device to the text, and ids as details. */
function entry(symbol: string, tone: Tone, parts: TextEntry['parts'], subject: Subject, details: readonly string[] = []): TextEntry {
  const [what = [], ...rest] = parts;
  return { symbol, tone, parts: [what, ...subjectParts(subject), ...rest], details: [...idLines(subject), ...details] };
}

function subjectParts({ user, client, application, platform, device }: Subject): readonly (readonly Part[])[] {
  const who =
    user === undefined ? client && `client ${shortId(client)}` : `${user}${client === undefined ? '' : ` with ${shortId(client)}`}`;
  const forWhat = [who, application === undefined ? undefined : `→ ${application}`].filter((text) => text !== undefined);
  const which = [platform, device === undefined ? undefined : shortened(device, 40)].filter((text) => text !== undefined);
  return [forWhat, which].filter((texts) => texts.length > 0).map((texts) => texts.map(plain));
}

function idLines({ unsid, notificationId }: Subject): readonly string[] {
  return [...labelled('unsid', unsid), ...labelled('notification', notificationId)];
}

const labelled = (label: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [`${label.padEnd(17)} ${value}`];

function requestText(event: RequestEvent): TextEntry {
  const { method = 'a request that could not be read', path, status, code, reason, durationMs, requestId, clientRequestId } = event;
  const isRefused = status === undefined || status >= 400 || code !== undefined;
  const tone: Tone = isRefused ? 'bad' : 'good';
  const what: readonly Part[] = [
    plain(path === undefined ? method : `${method} ${shortPath(path)}`),
    { text: status === undefined ? 'not answered' : String(status), tone },
    ...(code === undefined ? [] : [{ text: code, tone }]),
    ...(reason === undefined ? [] : [plain(shortened(reason, maxReason))]),
  ];
  const details = [
    ...labelled('request-id', requestId),
    ...labelled('client-request-id', clientRequestId === requestId ? undefined : clientRequestId),
    ...messageLines('>', event.request, path === undefined ? undefined : `${method} ${path}${event.query ? `?${event.query}` : ''}`),
    ...messageLines('<', event.answer, status === undefined ? undefined : String(status)),
  ];
  return entry(isRefused ? '✗' : '✓', tone, [what, ...durationOf(durationMs)], event, details);
}

/** In the format of curl. */
function messageLines(direction: '>' | '<', message: MessageDetail | undefined, first: string | undefined): readonly string[] {
  if (!message) return [];
  const headers = Object.entries(message.headers).filter(([name]) => !usualHeaders.test(name));
  const lines = [first, ...headers.map(([name, value]) => `${name}: ${value}`), message.body];
  return lines.filter((line) => line !== undefined).map((line) => `${direction} ${line}`);
}

function closedText({ code, reason, by }: SocketClosedEvent): string {
  const who = by === 'device' ? ' by the device' : '';
  return `socket closed${who} ${code}${reason === undefined ? '' : ` ${shortened(reason, maxReason)}`}`;
}

function deliveryText({ sent, offline, waiting }: DeliveryEvent): string {
  const rest = [offline ? `${offline} offline` : undefined, waiting ? `${waiting} waiting` : undefined];
  return [sent === 0 ? 'no device' : counted(sent, 'device'), ...rest].filter((text) => text !== undefined).join(', ');
}

function changeText({ change, readState, userActionState }: DeliveryEvent): string {
  if (change !== 'changed') return change;
  const states = [readState, userActionState === 'NoInteraction' ? undefined : userActionState];
  return `changed to ${states.filter((state) => state !== undefined).join(', ')}`;
}

function fallbackText(devices: number): string {
  if (devices === 0) return 'fallback due; no iOS device needs the toast';
  return `fallback due; ${counted(devices, 'iOS device')} ${devices === 1 ? 'has' : 'have'} not fetched the notification`;
}

function durationOf(ms: number | undefined): readonly (readonly Part[])[] {
  if (ms === undefined) return [];
  if (ms < 1000) return [[quiet(`${ms} ms`)]];
  return [[quiet(ms < 120_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`)]];
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Ids are mostly GUIDs or random, so their first part distinguishes them. */
const shortId = (id: string): string => (id.length > maxSegment ? `${id.slice(0, 8)}…` : id);

/** Shortened; the details contain the whole path. */
const shortPath = (path: string): string => shortened(path.split('/').map(shortId).join('/'), maxReason);
