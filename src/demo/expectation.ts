// Computes what each device of the demo must receive, from the actions and the rules of the service. Pure.
import type { NotificationRequest, PlatformType } from '../client/wire.ts';
import { leadOf, type Received } from '../simulator/received.ts';

export interface DemoDevice {
  readonly user: string;
  readonly platform: PlatformType;
  /** In battery saver during the fallback: defers raw pushes. */
  readonly isSaving: boolean;
}

/** An action that devices must be notified of. */
export type DemoAction =
  | { readonly kind: 'posted'; readonly user: string; readonly request: NotificationRequest }
  | { readonly kind: 'dismissed'; readonly user: string; readonly on: PlatformType; readonly request: NotificationRequest };

export interface Comparison {
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
}

function nameOf(content: Parameters<typeof leadOf>[0]): string {
  return JSON.stringify(leadOf(content));
}

/** F14: all platforms if none are listed; case-insensitive, as the recorded request requires. */
function isTarget(request: NotificationRequest, platform: PlatformType): boolean {
  const named = request.targetPolicy?.platformTypes;
  return named === undefined || named.some((name) => name.toLowerCase() === platform.toLowerCase());
}

function expectedOf(action: DemoAction, device: DemoDevice): readonly string[] {
  const { request } = action;
  // Another user's devices get nothing; nor does a platform that was left out, changes included (R4).
  if (action.user !== device.user || !isTarget(request, device.platform)) return [];
  const isWeb = device.platform === 'WebPush';
  // F27: a change of state goes to the other devices, but not to web endpoints.
  if (action.kind === 'dismissed') return isWeb || action.on === device.platform ? [] : [`updated ${nameOf(request.payload)}, dismissed`];
  // F29, D11: web endpoints get raw content only.
  if (isWeb && request.payload.rawContent === undefined) return [];
  const fallback = request.fallbackPolicy?.endpointFallback;
  // F16, R9: the toast is for iOS devices that have not fetched the raw notification in time.
  const toast = fallback && device.isSaving && device.platform === 'iOS' ? [`toast ${nameOf(fallback)}`] : [];
  return [...toast, `created ${nameOf(request.payload)}`];
}

/** One line for each message that must arrive, in no particular order. */
export function expectedFor(device: DemoDevice, actions: readonly DemoAction[]): readonly string[] {
  return actions.flatMap((action) => expectedOf(action, device));
}

/** Formats what arrived in the same way as {@link expectedFor}. */
export function formatArrival(received: Received): string {
  if (received.kind === 'toast') return `toast ${nameOf(received)}`;
  const { notification, change } = received;
  if (notification.status === 'Deleted') return `${change} ${notification.id}`;
  const read = notification.readState === 'Read' ? ', read' : '';
  const action = notification.userActionState === 'NoInteraction' ? '' : `, ${notification.userActionState.toLowerCase()}`;
  return `${change} ${nameOf(notification.payload)}${read}${action}`;
}

function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const rest = [...others];
  return lines.filter((line) => {
    const at = rest.indexOf(line);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

/** Returns the missing and the unexpected lines, each as often as it occurs. */
export function compare(expected: readonly string[], arrived: readonly string[]): Comparison {
  return { missing: without(expected, arrived), unexpected: without(arrived, expected) };
}
