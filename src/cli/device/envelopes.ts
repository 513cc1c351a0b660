// `unsid device --envelope`: prints what the push channel of the device's platform would have delivered to its app, until the user quits.
import { createClient } from '../../client/client.ts';
import { type Closing, type DeviceSocket, openPushChannel } from '../../client/device-socket.ts';
import { nodeWebSocket } from '../../client/node/node-web-socket.ts';
import { pass, realTimer } from '../../client/timer.ts';
import type { Subscription } from '../../client/wire.ts';
import { closeCodes } from '../../documents/close-codes.gen.ts';
import { backOffMs, decideOnClosing, isForgotten } from '../../simulator/reconnection.ts';
import { subscribe } from '../../simulator/subscribe.ts';
import { TokenRefused } from '../credentials/grant.ts';
import type { Environment } from '../environment.ts';
import { CliError } from '../terminal/cli-error.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { safeJson } from '../terminal/text.ts';
import { type DeviceAccess, openDeviceAccess } from './access.ts';
import type { DeviceRunFlags } from './modes.ts';
import { deviceIdOf, required } from './single.ts';

const backOff = { initialMs: 250, maximumMs: 30_000 };

interface Run {
  readonly flags: DeviceRunFlags;
  readonly access: DeviceAccess;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** @throws CliError when the device stops, or a token is refused */
export async function runEnvelopes(flags: DeviceRunFlags, terminal: Terminal, environment: Environment): Promise<void> {
  required(flags);
  const quitting = new AbortController();
  const { signal } = quitting;
  const stopQuit = terminal.onQuit(() => quitting.abort());
  try {
    const access = await openDeviceAccess(flags, { terminal, environment, signal, onTokenRefused: (error) => quitting.abort(error) });
    while (!signal.aborted) await receive({ flags, access, terminal, signal });
  } catch (error) {
    // An error after the user has quit, while connecting for instance, is not reported.
    if (!signal.aborted) throw error;
  } finally {
    stopQuit();
  }
  if (signal.reason instanceof TokenRefused) throw signal.reason;
}

/** Subscribes and prints what comes; returns when the service has forgotten the subscription. @throws CliError */
async function receive({ flags, access, terminal, signal }: Run): Promise<void> {
  const { user, platform, app: application } = required(flags);
  const { fetch, token: source = `dev.user.${user}`, webSocket = nodeWebSocket } = access.connection;
  const client = createClient({ url: flags.url, token: source, signal, ...(fetch ? { fetch } : {}) });
  const { displayName } = flags;
  const request = { application, deviceId: deviceIdOf(flags), platform, ...(displayName === undefined ? {} : { displayName }) };
  const parts = { backOff, timer: realTimer, random: Math.random };
  const subscription = await subscribe(client, request, { url: flags.url, signal, ...parts });
  // The envelopes are alone on stdout, for the program that reads them.
  if (!flags.json) terminal.err.print([`UNSID ${subscription.userNotificationSubscriptionId}`]);
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    const token = typeof source === 'function' ? await source() : source;
    const closing = await untilClosed({ serviceUrl: flags.url, subscription, token, webSocket }, terminal, signal);
    if (signal.aborted) return;
    access.disconnected(closing);
    const isRenewed = typeof source === 'function' && closing.code === closeCodes.tokenExpired.code;
    const decision = isRenewed ? { retryAfterMs: 0 } : decideOnClosing(closing);
    if ('stop' in decision) {
      if (isForgotten(decision.stop)) return;
      throw new CliError(decision.stop.message);
    }
    await pass(realTimer, decision.retryAfterMs + backOffMs(backOff, attempt, Math.random), signal);
  }
}

interface Channel extends Pick<Parameters<typeof openPushChannel>[0], 'webSocket' | 'token'> {
  readonly serviceUrl: string;
  readonly subscription: Subscription;
}

function untilClosed({ subscription, ...channel }: Channel, terminal: Terminal, signal: AbortSignal): Promise<Closing> {
  return new Promise((resolve) => {
    const socket: DeviceSocket = openPushChannel({
      ...channel,
      socketUrl: subscription.socketUrl,
      unsid: subscription.userNotificationSubscriptionId,
      onEnvelope: (text) => {
        const envelope: unknown = JSON.parse(text);
        terminal.out.print([safeJson(envelope)]);
        const tag = tagOf(envelope);
        if (tag !== undefined) socket.acknowledge(tag);
      },
      onClose: (closing) => {
        signal.removeEventListener('abort', close);
        resolve(closing);
      },
    });
    const close = () => socket.close();
    signal.addEventListener('abort', close);
  });
}

/** Beside the other members, or among FCM's data. */
function tagOf(envelope: unknown): string | undefined {
  if (typeof envelope !== 'object' || envelope === null) return undefined;
  const members = 'data' in envelope ? envelope.data : envelope;
  if (typeof members !== 'object' || members === null || !('newETag' in members)) return undefined;
  return typeof members.newETag === 'string' ? members.newETag : undefined;
}
