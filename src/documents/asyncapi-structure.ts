// Checks that a user's own AsyncAPI document has what the device socket is built from, with a clear line for what it lacks.
import { DocumentError } from './document-error.ts';
import { readSubprotocol } from './subprotocol.ts';
import { isTree, listOf, type Tree, treeOf, treesIn } from './tree.ts';

/** @throws DocumentError */
export function checkAsyncApi(file: string, tree: Tree): void {
  const check = (isGood: boolean, place: string, reason: string) => {
    if (!isGood) throw new DocumentError(file, place, reason);
  };
  check(/^3\.\d+\.\d+$/.test(String(tree['asyncapi'])), '#/asyncapi', 'only AsyncAPI 3 is supported');
  check(
    (tree['defaultContentType'] ?? 'application/json') === 'application/json',
    '#/defaultContentType',
    'only application/json is supported',
  );
  const channels = treesIn(tree['channels']);
  check(channels.length === 1, '#/channels', 'must describe exactly one channel, the device socket');
  for (const [name, channel] of channels) {
    const place = `#/channels/${name}`;
    check(String(channel['address']).startsWith('/'), `${place}/address`, 'must be a path');
    const reading = readSubprotocol(channel);
    if (reading.subprotocol === undefined) check(false, `${place}/${reading.location}`, reading.reason);
    check(Array.isArray(channel['x-security']), `${place}/x-security`, 'must be a list');
    check(isTree(treeOf(treeOf(channel['bindings'])['ws'])['query']), `${place}/bindings/ws/query`, 'must be a schema');
    const { type = 'object' } = treeOf(treeOf(treeOf(channel['bindings'])['ws'])['query']);
    check(type === 'object', `${place}/bindings/ws/query/type`, 'must be object');
  }
  for (const [name, operation] of treesIn(tree['operations'])) {
    check(['send', 'receive'].includes(String(operation['action'])), `#/operations/${name}/action`, 'must be send or receive');
    check(listOf(operation['messages']).length > 0, `#/operations/${name}/messages`, 'must name at least one message');
    for (const [index, message] of listOf(operation['messages']).entries()) {
      check(isTree(treeOf(message)['payload']), `#/operations/${name}/messages/${index}`, 'must have a payload schema');
    }
  }
}
