// Changes the form of UNSIDs, cursors or ids in responses, and restores it in requests.
import type { Hooks } from './hooks.ts';
import {
  at,
  headerOf,
  isObject,
  type JsonObject,
  jsonOf,
  parametersOf,
  put,
  type WireAnswer,
  type WireRequest,
  withHeader,
  withJson,
  withParameters,
} from './http-message.ts';
import { idIn } from './operations.ts';

export interface Names {
  readonly show: (real: string) => string;
  readonly hide: (shown: string) => string;
}

export interface Renamed {
  readonly unsid?: Names;
  readonly cursor?: Names;
  readonly id?: Names;
}

const kinds: Readonly<Record<string, keyof Renamed>> = {
  userNotificationSubscriptionId: 'unsid',
  unsid: 'unsid',
  cursor: 'cursor',
  syncCursor: 'cursor',
  since: 'cursor',
  id: 'id',
  notificationId: 'id',
};

type Way = keyof Names;

export function renaming(renamed: Renamed): Hooks {
  const nameOf = (member: string, value: string, way: Way) => {
    const kind = kinds[member];
    // An empty text is no name, so it is passed on and refused.
    return (kind && value !== '' && renamed[kind]?.[way](value)) || value;
  };

  function inBody(value: unknown, way: Way): unknown {
    if (Array.isArray(value)) return value.map((one) => inBody(one, way));
    if (!isObject(value)) return value;
    const members = Object.entries(value).map(([member, inside]) => {
      if (member === 'payload' || member === 'error') return [member, inside];
      return [member, typeof inside === 'string' ? nameOf(member, inside, way) : inBody(inside, way)];
    });
    return Object.fromEntries(members);
  }

  const message = (json: JsonObject, way: Way): JsonObject => inBody(json, way) as JsonObject;

  /** The subscriptions that a target policy names. */
  function withTargets(request: WireRequest): WireRequest {
    const body = request.body.includes('"endpoints"') ? jsonOf(request) : undefined;
    const subscriptions = at(body, 'targetPolicy/endpoints/subscriptions');
    if (!body || !Array.isArray(subscriptions)) return request;
    const hiddenOnes = subscriptions.map((one: unknown) => (typeof one === 'string' ? nameOf('unsid', one, 'hide') : one));
    return withJson(request, put(body, 'targetPolicy/endpoints/subscriptions', hiddenOnes));
  }

  function hidden(request: WireRequest): WireRequest {
    const unsid = headerOf(request, 'x-uns-id');
    const targeted = withTargets(request);
    const named = unsid === undefined ? targeted : withHeader(targeted, 'X-UNS-ID', nameOf('unsid', unsid, 'hide'));
    const kind = /^\/client\/v1\/(subscriptions|notifications)\/[^/]+$/i.exec(request.path)?.[1]?.toLowerCase();
    const last = kind && nameOf(kind === 'subscriptions' ? 'unsid' : 'id', idIn(request), 'hide');
    const placed = last && last !== idIn(request) ? { ...named, path: request.path.replace(/[^/]+$/, encodeURIComponent(last)) } : named;
    const parameters = parametersOf(request);
    if (!['unsid', 'cursor', 'since'].some((name) => parameters.has(name))) return placed;
    return withParameters(placed, (all) => {
      for (const name of ['unsid', 'cursor', 'since']) {
        const value = all.get(name);
        if (value !== null) all.set(name, nameOf(name, value, 'hide'));
      }
    });
  }

  function shown(answer: WireAnswer): WireAnswer | undefined {
    const body = answer.status < 300 ? jsonOf(answer) : undefined;
    if (!body) return undefined;
    const location = headerOf(answer, 'location');
    const [, base = '', id = ''] = /^(.*\/)([^/]+)$/.exec(location ?? '') ?? [];
    const headed = location === undefined ? answer : withHeader(answer, 'Location', `${base}${nameOf('id', id, 'show')}`);
    return withJson(headed, message(body, 'show'));
  }

  return {
    request: hidden,
    answer: shown,
    handshake: hidden,
    serverMessage: (json) => [message(json, 'show')],
    clientMessage: ({ json, data }) => json && [asLong(JSON.stringify(message(json, 'hide')), data.length)],
  };
}

/** Pads with insignificant spaces, so that the size of a message does not change. */
const asLong = (text: string, bytes: number): string => text + ' '.repeat(Math.max(0, bytes - Buffer.byteLength(text)));

/** Names that are assigned one by one. */
export function createNames(): Names & { readonly rename: (real: string, shown: string) => void } {
  const shown = new Map<string, string>();
  const real = new Map<string, string>();
  return {
    show: (name) => shown.get(name) ?? name,
    hide: (name) => real.get(name) ?? name,
    rename: (from, to) => {
      shown.set(from, to);
      real.set(to, from);
    },
  };
}
