// Reports each call that a case makes on its devices, for listeners that show the progress of a run.
import type { AdapterConnection, AdapterDevice, DeviceAdapter } from '../target/adapter.ts';
import type { OpenRawSocket, RawSocket } from '../target/raw-socket.ts';

export type TraceCall = (call: string) => Promise<void>;

/** Wraps the devices so that each call is reported before it is made. */
export function traceDevices(devices: DeviceAdapter, trace: TraceCall): DeviceAdapter {
  return {
    async subscribe(device) {
      await trace(`subscribe ${device.platform} ${device.deviceId} of ${device.user} for ${device.application}`);
      return devices.subscribe(device);
    },
    async unsubscribe(device) {
      await trace(`unsubscribe ${device.deviceId}`);
      return devices.unsubscribe(device);
    },
    async connect(device, from) {
      await trace(`connect ${device.deviceId}${from === undefined ? '' : ` from ${from.cursor}`}`);
      return traceConnection(device, await devices.connect(device, from), trace);
    },
    async list(device) {
      await trace(`list at ${device.deviceId}`);
      return devices.list(device);
    },
    async changes(device, since) {
      await trace(`list changes since ${since} at ${device.deviceId}`);
      return devices.changes(device, since);
    },
    async update(device, id, states) {
      await trace(`update ${id} at ${device.deviceId} ${JSON.stringify(states)}`);
      return devices.update(device, id, states);
    },
    async remove(device, id) {
      await trace(`delete ${id} at ${device.deviceId}`);
      return devices.remove(device, id);
    },
  };
}

function traceConnection({ deviceId }: AdapterDevice, connection: AdapterConnection, trace: TraceCall): AdapterConnection {
  return {
    messages: () => connection.messages(),
    async acknowledge(cursor) {
      await trace(`acknowledge ${cursor} at ${deviceId}`);
      return connection.acknowledge(cursor);
    },
    async close(how) {
      await trace(`${how?.abruptly ? 'terminate the connection of' : 'close'} ${deviceId}`);
      return connection.close(how);
    },
  };
}

/** The same for sockets that cases open directly. Sending does not wait for the listeners. */
export function traceSockets(open: OpenRawSocket, trace: TraceCall): OpenRawSocket {
  return async (device, handshake) => {
    const { deviceId } = device;
    await trace(`open the socket of ${deviceId}${Object.keys(handshake).length > 0 ? ` ${JSON.stringify(handshake)}` : ''}`);
    const socket = await open(device, handshake);
    const traced =
      <Arguments extends readonly unknown[]>(act: (...given: Arguments) => void, describe: (...given: Arguments) => string) =>
      (...given: Arguments): void => {
        trace(`${describe(...given)} at ${deviceId}`).catch(() => undefined);
        act(...given);
      };
    const tracedSocket: RawSocket = {
      ...socket,
      send: traced(socket.send, (text) => `send ${text}`),
      sendBinary: traced(socket.sendBinary, (bytes) => `send ${bytes.length} binary bytes`),
      acknowledge: traced(socket.acknowledge, (cursor) => `acknowledge ${cursor}`),
      pong: traced(socket.pong, () => 'answer a ping'),
      close: traced(socket.close, () => 'close the socket'),
      cut: traced(socket.cut, () => 'terminate the connection'),
    };
    return tracedSocket;
  };
}
