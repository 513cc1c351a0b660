// Faults of setting read state and user action state.
import { reading, refusing, taking } from '../wire/edits.ts';
import type { Hooks, Wire } from '../wire/hooks.ts';
import { at, drop, type JsonObject, jsonOf, put, type WireRequest, withJson, withoutHeader } from '../wire/http-message.ts';
import { idIn, operationOf } from '../wire/operations.ts';
import type { FaultyTarget } from './fault.ts';

const opposites: Readonly<Record<string, readonly string[]>> = {
  readState: ['Unread', 'Read'],
  userActionState: ['NoInteraction', 'Activated', 'Dismissed', 'Snoozed'],
};

/** The given states are valid. */
function isValid(body: JsonObject): boolean {
  const given = Object.entries(opposites).filter(([name]) => body[name] !== undefined);
  return given.length > 0 && given.every(([name, values]) => values.includes(String(body[name])));
}

/** The update has no effect. */
async function isIdle(request: WireRequest, body: JsonObject, wire: Wire): Promise<boolean> {
  const present = jsonOf(await wire.forward({ ...withoutBody(request), method: 'GET' }));
  return present !== undefined && Object.keys(opposites).every((name) => body[name] === undefined || body[name] === at(present, name));
}

const withoutBody = (request: WireRequest): WireRequest =>
  ['content-length', 'content-type', 'transfer-encoding'].reduce<WireRequest>(withoutHeader, { ...request, body: Buffer.alloc(0) });

/** Treats an invalid update as one that sets Read. */
const asRead =
  (isTaken: (body: JsonObject) => boolean) =>
  (request: WireRequest, wire: Wire): WireRequest | undefined => {
    const body = jsonOf(request);
    if (!body || !isTaken(body) || !wire.ledger.notifications.has(idIn(request))) return undefined;
    return withJson(request, { readState: 'Read' });
  };

/** Answers a user's second action on a notification without storing it. */
function forgettingSecond(): Hooks {
  const stored = new Set<string>();
  const pending = new WeakMap<WireRequest, unknown>();
  return {
    request: (request) => {
      const body = operationOf(request) === 'updateNotification' ? jsonOf(request) : undefined;
      if (!body || !isValid(body) || body['userActionState'] === undefined) return undefined;
      if (!stored.has(idIn(request))) {
        stored.add(idIn(request));
        return undefined;
      }
      pending.set(request, body['userActionState']);
      const rest = drop(body, 'userActionState');
      return Object.keys(rest).length > 0 ? withJson(request, rest) : { ...withoutBody(request), method: 'GET' };
    },
    answer: (answer, request) => {
      const body = pending.has(request) && answer.status === 200 ? jsonOf(answer) : undefined;
      return body && withJson(answer, put(body, 'userActionState', pending.get(request)));
    },
  };
}

export const states: readonly FaultyTarget[] = [
  {
    id: 'both-states-first',
    requirement: 'update-states',
    description: 'sets only the read state when both are given',
    create: () =>
      reading('updateNotification', (body) =>
        body['readState'] !== undefined && body['userActionState'] !== undefined && isValid(body)
          ? drop(body, 'userActionState')
          : undefined,
      ),
  },
  {
    id: 'snoozed-as-activated',
    requirement: 'update-states',
    description: 'sets Activated for Snoozed',
    create: () =>
      reading('updateNotification', (body) =>
        body['userActionState'] === 'Snoozed' ? put(body, 'userActionState', 'Activated') : undefined,
      ),
  },
  {
    id: 'reading-resets-action',
    requirement: 'update-states',
    description: 'resets the user action when the read state is set',
    create: () =>
      reading('updateNotification', (body) =>
        body['userActionState'] === undefined && isValid(body) ? put(body, 'userActionState', 'NoInteraction') : undefined,
      ),
  },
  {
    id: 'update-not-stored',
    requirement: 'update-states',
    description: 'returns the new action state but stores only the first one',
    create: () => forgettingSecond(),
  },
  {
    id: 'update-empty-taken',
    requirement: 'update-request',
    description: 'accepts an update that sets nothing',
    create: () =>
      taking(
        'updateNotification',
        asRead((body) => Object.keys(body).length === 0),
      ),
  },
  {
    id: 'update-unknown-only-taken',
    requirement: 'update-request',
    description: 'accepts an update with unknown members only',
    create: () =>
      taking(
        'updateNotification',
        asRead((body) => Object.keys(body).length > 0 && body['readState'] === undefined && body['userActionState'] === undefined),
      ),
  },
  {
    id: 'update-case-refused',
    requirement: 'update-request',
    description: 'refuses read in lower case',
    create: () => refusing('updateNotification', 400, (_request, body) => body['readState'] === 'read'),
  },
  {
    id: 'unread-refused',
    requirement: 'update-request',
    description: 'refuses to set Unread again',
    create: () => refusing('updateNotification', 400, (_request, body) => body['readState'] === 'Unread'),
  },
  {
    id: 'no-interaction-refused',
    requirement: 'update-request',
    description: 'refuses to set NoInteraction',
    create: () => refusing('updateNotification', 400, (_request, body) => body['userActionState'] === 'NoInteraction'),
  },
  {
    id: 'update-extra-refused',
    requirement: 'update-request',
    description: 'refuses an update with an unknown member beside a known one',
    create: () =>
      refusing(
        'updateNotification',
        400,
        (_request, body) =>
          (body['readState'] ?? body['userActionState']) !== undefined &&
          Object.keys(body).some((name) => !['readState', 'userActionState'].includes(name)),
      ),
  },
  {
    id: 'third-update-refused',
    requirement: 'update-request',
    also: ['update-states'],
    description: 'refuses the third update of a notification',
    create: () => {
      const counts = new Map<string, number>();
      return refusing('updateNotification', 400, (request, body) => {
        if (!isValid(body)) return false;
        const count = (counts.get(idIn(request)) ?? 0) + 1;
        counts.set(idIn(request), count);
        return count > 2;
      });
    },
  },
  {
    id: 'idle-update-modifies',
    requirement: 'update-nothing',
    also: ['no-change-no-push', 'history-lists'],
    description: 'treats an update without effect as a change',
    create: () => ({
      request: async (request, wire) => {
        const body = operationOf(request) === 'updateNotification' ? jsonOf(request) : undefined;
        if (!body || !isValid(body) || !(await isIdle(request, body, wire))) return undefined;
        const [name = '', value] = Object.entries(body).find(([each]) => each in opposites) ?? [];
        await wire.forward(withJson(request, { [name]: opposites[name]?.find((one) => one !== value) }));
        return undefined;
      },
    }),
  },
  {
    id: 'idle-update-touches',
    requirement: 'update-nothing',
    description: 'returns the current time as lastModifiedDateTime of an update without effect',
    create: () => {
      const idle = new WeakSet<WireRequest>();
      return {
        request: async (request, wire) => {
          const body = operationOf(request) === 'updateNotification' ? jsonOf(request) : undefined;
          if (body && isValid(body) && (await isIdle(request, body, wire))) idle.add(request);
          return undefined;
        },
        answer: (answer, request, wire) => {
          const body = idle.has(request) ? jsonOf(answer) : undefined;
          return body && withJson(answer, put(body, 'lastModifiedDateTime', new Date(wire.now() + 1).toISOString()));
        },
      };
    },
  },
];
