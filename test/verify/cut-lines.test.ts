// Nothing that was answered 201 is lost for a subscribed device, whatever its sockets do: cut mid-message, stalled, replaced, never acknowledged.
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Emulator, startEmulator } from '../../src/emulator.ts';

const application = 'contoso.example';
const platforms = ['Windows', 'iOS', 'Android', 'WebPush'] as const;
const rounds = 40;
const perRound = 15;

let emulator: Emulator | undefined;
afterEach(() => emulator?.stop());

async function call(
  path: string,
  token: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, string> }> {
  const response = await fetch(`${emulator?.url}${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

/** A device that does whatever it is asked to do to its own line, and remembers what it has received. */
class RoughDevice {
  readonly platform: (typeof platforms)[number];
  readonly received = new Set<string>();
  unsid = '';
  socket: WebSocket | undefined;
  lastCursor = '';
  readonly waits: { id: string; done: () => void }[] = [];

  constructor(platform: (typeof platforms)[number]) {
    this.platform = platform;
  }

  async subscribe(deviceId: string): Promise<void> {
    const { body } = await call('/client/v1/subscriptions', 'dev.user.adele', { application, deviceId, platform: this.platform });
    this.unsid = body['userNotificationSubscriptionId'] ?? '';
  }

  connect(): void {
    const url = `${emulator?.url.replace('http', 'ws')}/client/v1/socket?unsid=${this.unsid}`;
    const socket = new WebSocket(url, ['notifications.v1.json'], { headers: { Authorization: 'Bearer dev.user.adele' } });
    this.socket = socket;
    socket.on('error', () => undefined);
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { type: string; cursor: string; notification?: { id: string } };
      if (message.type !== 'notification' || !message.notification) return;
      this.lastCursor = message.cursor;
      this.received.add(message.notification.id);
      for (const wait of this.waits.filter(({ id }) => id === message.notification?.id)) wait.done();
    });
  }

  has(id: string): Promise<void> {
    if (this.received.has(id)) return Promise.resolve();
    return new Promise((done) => this.waits.push({ id, done }));
  }

  /** One act of a line that cannot be trusted. */
  act(what: number): void {
    const { socket } = this;
    if (what === 0) socket?.terminate();
    else if (what === 1) this.connect();
    else if (what === 2) socket?.pause();
    else if (what === 3) socket?.resume();
    else if (what === 4 && socket?.readyState === WebSocket.OPEN && this.lastCursor)
      socket.send(JSON.stringify({ type: 'ack', cursor: this.lastCursor }));
    else if (what === 5 && socket?.readyState === WebSocket.OPEN) socket.send('nonsense');
    else if (what === 6) socket?.close();
  }
}

describe('lines that cannot be trusted', () => {
  it('[R2] [R6] lose nothing that was answered 201', async () => {
    emulator = await startEmulator();
    const devices = Array.from({ length: 16 }, (_, index) => new RoughDevice(platforms[index % 4] ?? 'iOS'));
    await Promise.all(devices.map((device, index) => device.subscribe(`device-${index}`)));
    const acts = fc.sample(fc.array(fc.nat(6), { minLength: devices.length, maxLength: devices.length }), {
      numRuns: rounds,
      seed: 20190823,
    });
    const accepted: string[] = [];
    const post = async (): Promise<string> => {
      const rawContent = 'x'.repeat(accepted.length % 7 === 0 ? 60_000 : 200);
      const unsid = devices[0]?.unsid ?? '';
      const { status, body } = await call(
        '/beta/me/notifications',
        'dev.app.server',
        { targetHostName: application, payload: { rawContent } },
        { 'X-UNS-ID': unsid },
      );
      expect(status).toBe(201);
      accepted.push(body['id'] ?? '');
      return body['id'] ?? '';
    };
    for (const round of acts) {
      await Promise.all(Array.from({ length: perRound }, post));
      for (const [index, what] of round.entries()) devices[index]?.act(what);
    }
    const marker = await post();
    for (const device of devices) device.connect();
    await Promise.all(devices.map((device) => device.has(marker)));
    for (const device of devices) {
      device.socket?.terminate();
      expect(
        accepted.filter((id) => !device.received.has(id)),
        `lost on ${device.platform}`,
      ).toEqual([]);
    }
    expect(accepted).toHaveLength(rounds * perRound + 1);
  });
});
