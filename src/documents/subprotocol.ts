// Reads the subprotocol of the device socket: the constant of a header in the WebSocket binding, or `x-subprotocol` instead.
import { type JsonObject, jsonObjectOf, jsonObjectsIn, listOf, textOf } from '../values/json.ts';

/** The subprotocol, or the location (relative to the channel) and reason why it cannot be read. */
export type SubprotocolReading =
  | { readonly subprotocol: string }
  | { readonly subprotocol?: undefined; readonly location: string; readonly reason: string };

const location = 'bindings/ws/headers';
const unusable = (where: string, reason: string): SubprotocolReading => ({ location: where, reason });

export function readSubprotocol(channel: JsonObject): SubprotocolReading {
  const headers = jsonObjectOf(jsonObjectOf(jsonObjectOf(channel['bindings'])['ws'])['headers']);
  const [name, header] = jsonObjectsIn(headers['properties']).find(([one]) => one.toLowerCase() === 'sec-websocket-protocol') ?? [];
  const extension = channel['x-subprotocol'];
  if (name === undefined) {
    if (typeof extension === 'string') return { subprotocol: extension };
    return unusable(location, 'must have a property Sec-WebSocket-Protocol whose const is the subprotocol');
  }
  if ((headers['type'] ?? 'object') !== 'object') return unusable(`${location}/type`, 'must be object');
  // A device always has to offer it (docs/decisions/0005-strict-subprotocol.md); other headers are ignored.
  const required = listOf(headers['required']);
  if (required.length !== 1 || required[0] !== name) return unusable(`${location}/required`, `must be ${name} alone`);
  const { type = 'string', const: constant } = jsonObjectOf(header);
  if (type !== 'string') return unusable(`${location}/properties/${name}/type`, 'must be string');
  const subprotocol = textOf(constant);
  if (subprotocol === undefined) return unusable(`${location}/properties/${name}/const`, 'must be a string');
  if (extension !== undefined && extension !== subprotocol)
    return unusable('x-subprotocol', `must be ${subprotocol}, the const of ${name}`);
  return { subprotocol };
}
