// Checks that a user's own AsyncAPI document describes everything that the device socket needs, and reports what is missing.

import { isJsonObject, type JsonObject, jsonObjectOf, jsonObjectsIn, listOf } from '../values/json.ts';
import { DocumentError } from './document-error.ts';
import { readSubprotocol } from './subprotocol.ts';

/** @throws DocumentError */
export function checkAsyncApi(file: string, tree: JsonObject): void {
  const check = (isGood: boolean, location: string, reason: string) => {
    if (!isGood) throw new DocumentError(file, location, reason);
  };
  check(/^3\.\d+\.\d+$/.test(String(tree['asyncapi'])), '#/asyncapi', 'only AsyncAPI 3 is supported');
  check(
    (tree['defaultContentType'] ?? 'application/json') === 'application/json',
    '#/defaultContentType',
    'only application/json is supported',
  );
  const channels = jsonObjectsIn(tree['channels']);
  check(channels.length === 1, '#/channels', 'must describe exactly one channel, the device socket');
  for (const [name, channel] of channels) {
    const location = `#/channels/${name}`;
    check(String(channel['address']).startsWith('/'), `${location}/address`, 'must be a path');
    const reading = readSubprotocol(channel);
    if (reading.subprotocol === undefined) check(false, `${location}/${reading.location}`, reading.reason);
    check(Array.isArray(channel['x-security']), `${location}/x-security`, 'must be a list');
    check(
      isJsonObject(jsonObjectOf(jsonObjectOf(channel['bindings'])['ws'])['query']),
      `${location}/bindings/ws/query`,
      'must be a schema',
    );
    const { type = 'object' } = jsonObjectOf(jsonObjectOf(jsonObjectOf(channel['bindings'])['ws'])['query']);
    check(type === 'object', `${location}/bindings/ws/query/type`, 'must be object');
  }
  for (const [name, operation] of jsonObjectsIn(tree['operations'])) {
    check(['send', 'receive'].includes(String(operation['action'])), `#/operations/${name}/action`, 'must be send or receive');
    check(listOf(operation['messages']).length > 0, `#/operations/${name}/messages`, 'must name at least one message');
    for (const [index, message] of listOf(operation['messages']).entries()) {
      check(isJsonObject(jsonObjectOf(message)['payload']), `#/operations/${name}/messages/${index}`, 'must have a payload schema');
    }
  }
}
