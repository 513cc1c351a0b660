// Tells what a case asks of devices, call by call, for listeners that show what a run does.
import type { AdapterConnection, AdapterDevice, DeviceAdapter } from '../target/adapter.ts';
import type { OpenRawSocket, RawSocket } from '../target/raw-socket.ts';

export type TraceCall = (call: string) => Promise<void>;

/** The same devices; each call is told before it is made. */
export function traceDevices(devices: DeviceAdapter, tell: TraceCall): DeviceAdapter {
  return {
    async subscribe(device) {
      await tell(`subscribe ${device.platform} ${device.deviceId} of ${device.user} for ${device.application}`);
      return devices.subscribe(device);
    },
    async unsubscribe(device) {
      await tell(`unsubscribe ${device.deviceId}`);
      return devices.unsubscribe(device);
    },
    async connect(device, from) {
      await tell(`connect ${device.deviceId}${from === undefined ? '' : ` from ${from.cursor}`}`);
      return traceConnection(device, await devices.connect(device, from), tell);
    },
    async list(device) {
      await tell(`list at ${device.deviceId}`);
      return devices.list(device);
    },
    async changes(device, since) {
      await tell(`list changes since ${since} at ${device.deviceId}`);
      return devices.changes(device, since);
    },
    async update(device, id, states) {
      await tell(`update ${id} at ${device.deviceId} ${JSON.stringify(states)}`);
      return devices.update(device, id, states);
    },
    async remove(device, id) {
      await tell(`delete ${id} at ${device.deviceId}`);
      return devices.remove(device, id);
    },
  };
}

function traceConnection({ deviceId }: AdapterDevice, connection: AdapterConnection, tell: TraceCall): AdapterConnection {
  return {
    messages: () => connection.messages(),
    async acknowledge(cursor) {
      await tell(`acknowledge ${cursor} at ${deviceId}`);
      return connection.acknowledge(cursor);
    },
    async close(how) {
      await tell(`${how?.abruptly ? 'cut the line of' : 'close'} ${deviceId}`);
      return connection.close(how);
    },
  };
}

/** The same for sockets that cases open by hand. What is sent there does not wait for who is told. */
export function traceSockets(open: OpenRawSocket, tell: TraceCall): OpenRawSocket {
  return async (device, handshake) => {
    const { deviceId } = device;
    await tell(`open the socket of ${deviceId}${Object.keys(handshake).length > 0 ? ` ${JSON.stringify(handshake)}` : ''}`);
    const socket = await open(device, handshake);
    const telling =
      <Arguments extends readonly unknown[]>(act: (...given: Arguments) => void, says: (...given: Arguments) => string) =>
      (...given: Arguments): void => {
        tell(`${says(...given)} at ${deviceId}`).catch(() => undefined);
        act(...given);
      };
    const told: RawSocket = {
      ...socket,
      send: telling(socket.send, (text) => `send ${text}`),
      sendBinary: telling(socket.sendBinary, (bytes) => `send ${bytes.length} binary bytes`),
      acknowledge: telling(socket.acknowledge, (cursor) => `acknowledge ${cursor}`),
      pong: telling(socket.pong, () => 'answer a ping'),
      close: telling(socket.close, () => 'close the socket'),
      cut: telling(socket.cut, () => 'cut the line'),
    };
    return told;
  };
}
