// Stands between devices and an emulator and spoils the fan-out as a test says: drops, repeats or invents socket messages.
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { ServerMessage } from '../../src/client/wire.ts';

export interface LossyProxy {
  readonly url: string;
  stop(): Promise<void>;
}

/** What becomes of a message to the device with this UNSID; `send` reaches any connected device. */
export type Spoil = (
  message: ServerMessage,
  to: { readonly unsid: string; readonly deviceId: string },
  send: (deviceId: string, message: ServerMessage) => void,
) => readonly ServerMessage[];

export async function startLossyProxy(target: string, spoil: Spoil): Promise<LossyProxy> {
  const { hostname, port } = new URL(target);
  const server = createServer((incoming, outgoing) => {
    const upstream = request({ hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    upstream.on('error', () => outgoing.destroy());
    incoming.pipe(upstream);
  });
  const sockets = new WebSocketServer({ server, handleProtocols: (protocols) => [...protocols][0] ?? false });
  const devices = new Map<string, WebSocket>();
  sockets.on('connection', (device, { url = '', headers }) => {
    const unsid = new URL(url, target).searchParams.get('unsid') ?? '';
    const upstream = new WebSocket(`ws://${hostname}:${port}${url}`, 'notifications.v1.json', {
      headers: { authorization: headers.authorization ?? '', host: headers.host ?? '' },
    });
    let deviceId = '';
    const early: string[] = [];
    const send = (to: string, message: ServerMessage): void => devices.get(to)?.send(JSON.stringify(message));
    upstream.on('open', () => {
      for (const text of early.splice(0)) upstream.send(text);
    });
    upstream.on('message', (data: Buffer) => {
      const message: ServerMessage = JSON.parse(data.toString('utf8'));
      if (message.type === 'connected') {
        deviceId = message.deviceId;
        devices.set(deviceId, device);
      }
      for (const each of spoil(message, { unsid, deviceId }, send)) device.send(JSON.stringify(each));
    });
    device.on('message', (data: Buffer) => {
      if (upstream.readyState === WebSocket.OPEN) upstream.send(data.toString('utf8'));
      else early.push(data.toString('utf8'));
    });
    device.on('close', () => upstream.terminate());
    upstream.on('close', () => device.terminate());
    upstream.on('error', () => device.terminate());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
