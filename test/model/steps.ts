// The steps of a model-based run as plain data, and how each reads in a report.
import type { NotificationRequest, PlatformType } from '../../src/index.ts';

export const platformTypes = ['Windows', 'iOS', 'Android', 'WebPush'] as const satisfies readonly PlatformType[];

/** `serial`: a step begins when all that the last one caused has arrived. `concurrent`: steps of different devices and feeds overlap. */
export type Mode = 'serial' | 'concurrent';
export type PushMode = 'embed' | 'signal';
/** How a line ends: `fin` is the end of the TCP stream without a close frame, `reset` a TCP reset. */
export type Ending = 'close' | 'fin' | 'terminate' | 'reset';
/** Where a connection asks to be served from: the n-th last cursor received, or the head as a list read before says it. */
export type From = { readonly back: number } | 'list';

export interface DevicePlan {
  readonly name: string;
  readonly platform: PlatformType;
  /** Index of the feed, which is one user of one application. */
  readonly feed: number;
}

export type Step =
  | {
      readonly do: 'post';
      /** Later steps name the notification so. */
      readonly as: string;
      readonly feed: number;
      readonly content: 'raw' | 'visual' | 'both';
      /** All platforms when left out. */
      readonly to?: readonly PlatformType[];
      /** `appNotificationId`: posting it again replaces the content (D5). */
      readonly key?: string;
      readonly fallback?: boolean;
      readonly livesSeconds?: number;
    }
  /** `by` is a device, or left out: a subscription of the same feed that never connects. */
  | { readonly do: 'patch'; readonly of: string; readonly by?: string; readonly set: StateUpdate }
  | { readonly do: 'delete'; readonly of: string; readonly by?: string }
  | { readonly do: 'connect'; readonly device: string; readonly from?: From }
  /** Acknowledges the n-th last cursor received on this connection; `lastOfBefore`: the last one of the connection before. */
  | { readonly do: 'ack'; readonly device: string; readonly back: number | 'lastOfBefore' }
  | { readonly do: 'end'; readonly device: string; readonly how: Ending }
  /** Acknowledges and ends in the same write; `replace`: and opens another connection at once. */
  | { readonly do: 'ack-and-end'; readonly device: string; readonly back: number; readonly how: Ending | 'replace' }
  /** The device stops and starts reading from its line. */
  | { readonly do: 'pause' | 'resume'; readonly device: string }
  /** Over HTTP: one notification, or the list. */
  | { readonly do: 'read'; readonly device: string; readonly of?: string }
  | { readonly do: 'renew' | 'resubscribe'; readonly device: string }
  | { readonly do: 'advance'; readonly seconds: number };

export interface StateUpdate {
  readonly readState?: 'Read' | 'Unread';
  readonly userActionState?: 'Activated' | 'Dismissed' | 'Snoozed';
}

export interface Plan {
  readonly seed: number;
  readonly mode: Mode;
  readonly push: PushMode;
  readonly devices: readonly DevicePlan[];
  readonly steps: readonly Step[];
}

/** Seconds from the post to the toast (F16), and how far the clock moves at once; none of their sums comes close to a limit. */
export const fallbackSeconds = 600;
export const shortLifeSeconds = 3_600;
export const weekSeconds = 7 * 24 * 3_600;
export const advances = [200, 650, 4_000] as const;

export const fallbackPolicy = (title: string): NonNullable<NotificationRequest['fallbackPolicy']> => ({
  endpointFallback: { platformTypes: ['iOS'], fallbackDelayInSeconds: fallbackSeconds, visualContent: { title } },
});

const by = (device: string | undefined) => (device === undefined ? 'from no device' : `by ${device}`);

function postText(step: Extract<Step, { do: 'post' }>): string {
  const words = [
    `post ${step.as} (${step.content}) in feed ${step.feed} to ${step.to?.join(', ') ?? 'all'}`,
    step.key && `as ${step.key}`,
    step.fallback && 'with a fallback',
    step.livesSeconds && `for ${step.livesSeconds} s`,
  ];
  return words.filter(Boolean).join(' ');
}

function fromText(from: From | undefined): string {
  if (from === undefined) return '';
  if (from === 'list') return ' with the cursor of its list';
  return from.back === 0 ? ' with the last cursor it received' : ` with the cursor received ${from.back} before the last`;
}

function backText(back: number | 'lastOfBefore'): string {
  if (back === 'lastOfBefore') return 'the last message of the connection before';
  return back === 0 ? 'the last message' : `the message ${back} before the last`;
}

export function textOf(step: Step): string {
  switch (step.do) {
    case 'post':
      return postText(step);
    case 'patch':
      return `patch ${step.of} ${JSON.stringify(step.set)} ${by(step.by)}`;
    case 'delete':
      return `delete ${step.of} ${by(step.by)}`;
    case 'connect':
      return `${step.device} connects${fromText(step.from)}`;
    case 'ack':
      return `${step.device} acknowledges ${backText(step.back)}`;
    case 'end':
      return `${step.device} ends its line (${step.how})`;
    case 'ack-and-end':
      return `${step.device} acknowledges ${backText(step.back)} and at once ${step.how === 'replace' ? 'connects again' : `ends its line (${step.how})`}`;
    case 'read':
      return `${step.device} reads ${step.of ?? 'the list'} over HTTP`;
    case 'advance':
      return `the clock moves ${step.seconds} s`;
    default:
      return `${step.device}: ${step.do}`;
  }
}
