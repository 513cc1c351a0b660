// Fan-out that reaches the wrong devices, or not all, or twice.
import { delivering, unsidIn } from '../edits.ts';
import type { Connection, Hooks, Wire } from '../hooks.ts';
import { at, type JsonObject, jsonOf, textAt, type WireRequest } from '../http-message.ts';
import { targetsOf } from '../ledger.ts';
import type { Mutant } from '../mutant.ts';
import { idIn, operationOf } from '../operations.ts';

/** The head of the feed that this device belongs to. */
async function headFor(request: WireRequest, wire: Wire): Promise<string> {
  const headers = { Authorization: wire.ledger.subscriptions.get(unsidIn(request))?.authorization, 'X-UNS-ID': unsidIn(request) };
  return textAt(jsonOf(await wire.upstream({ path: '/client/v1/notifications?$top=1', headers })), 'syncCursor');
}

/** Tells devices of a change of state although it is not meant for them. */
function telltale(to: (request: WireRequest, wire: Wire, notification: JsonObject) => readonly Connection[]): Hooks {
  const modified = new Map<string, string>();
  return {
    answer: async (answer, request, wire) => {
      const body = operationOf(request) === 'updateNotification' && answer.status === 200 ? jsonOf(answer) : undefined;
      const when = textAt(body, 'lastModifiedDateTime');
      if (!body || when === '' || modified.get(idIn(request)) === when) return undefined;
      modified.set(idIn(request), when);
      const cursor = await headFor(request, wire);
      for (const connection of to(request, wire, body)) {
        connection.send({ type: 'notification', change: 'updated', cursor, notification: body });
      }
      return undefined;
    },
  };
}

const onlineOf = (wire: Wire, unsids: readonly string[]) => [...wire.connections].filter(({ unsid }) => unsids.includes(unsid));

export const fanOut: readonly Mutant[] = [
  {
    id: 'change-echoed',
    requirement: 'change-not-to-origin',
    rule: 'R4',
    says: 'sends a change of state also to the device that made it',
    kind: 'socket',
    steps: 'several',
    create: () => telltale((request, wire) => onlineOf(wire, [unsidIn(request)])),
  },
  {
    id: 'change-to-web',
    requirement: 'change-not-to-web',
    rule: 'R4',
    says: 'sends changes of state to web endpoints',
    kind: 'socket',
    steps: 'several',
    create: () =>
      telltale((request, wire, notification) => {
        const isMeant = targetsOf(wire.ledger.notifications.get(textAt(notification, 'id'))?.request ?? {}).includes('WebPush');
        if (!isMeant || at(notification, 'payload/rawContent') === undefined) return [];
        const web = wire.ledger.siblings(unsidIn(request)).filter(({ platform }) => platform === 'WebPush');
        return onlineOf(
          wire,
          web.map(({ unsid }) => unsid),
        );
      }),
  },
  {
    id: 'deletion-untold',
    requirement: 'deletion-to-others',
    says: 'tells no device of a deletion',
    kind: 'socket',
    steps: 'several',
    create: () => delivering((message) => (message['change'] === 'deleted' ? [] : undefined)),
  },
];
