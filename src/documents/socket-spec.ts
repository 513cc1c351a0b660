// Builds the device socket from the AsyncAPI document: address, query, limits, close codes, the judges of its messages.
import type { Fault } from '../domain/errors.ts';
import type { SecurityAlternative } from '../domain/security.ts';
import type { components } from './devices.gen.ts';
import { DocumentError } from './document-error.ts';
import type { Document } from './documents.ts';
import type { Judge, Judging } from './judge.ts';
import { securityOf } from './operation.ts';
import { createParameter, type Parameter } from './parameters.ts';
import { type CloseCodes, closeCodesOf, limitsOf, type SocketLimits } from './socket-numbers.ts';
import { readSubprotocol } from './subprotocol.ts';
import { isTree, listOf, type Tree, textOf, treeOf, treesIn } from './tree.ts';

type Schemas = components['schemas'];
export type ClientMessage = Schemas['Ack'];
export type ServerMessage =
  | Schemas['Connected']
  | Schemas['NotificationMessage']
  | Schemas['Signal']
  | Schemas['Toast']
  | Schemas['ErrorMessage'];

export type ParsedMessage =
  | { readonly ok: true; readonly message: ClientMessage }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** The bearer token in `Authorization`, or in a parameter of the query. */
export type TokenPlace = { readonly in: 'header' } | { readonly in: 'query'; readonly name: string };

export interface SocketSpec {
  readonly path: string;
  readonly method: string;
  readonly subprotocol: string;
  readonly security: readonly SecurityAlternative[];
  /** Where the token may come, the first that has one is taken. */
  readonly tokenPlaces: readonly TokenPlace[];
  /** Judged by `judgeParameters`. */
  readonly query: readonly Parameter[];
  readonly limits: SocketLimits;
  readonly closeCodes: CloseCodes;
  /** @param now milliseconds since the epoch, by the service clock; only instants in messages are judged by it */
  parseClientMessage(text: string, now?: number): ParsedMessage;
  /** What the document forbids in a message that the server is about to send; empty when nothing. */
  checkServerMessage(message: unknown, now?: number): readonly Fault[];
  /** The schema of the messages of this type, as the document writes it, references resolved. */
  schemaOf(type: string): unknown;
}

/**
 * @param callers the document whose security schemes say who `x-security` means
 * @throws DocumentError
 */
export function buildSocket(document: Document, judging: Judging, callers: Tree): SocketSpec {
  const [name, channel] = treesIn(document.tree['channels'])[0] ?? ['', {}];
  const binding = treeOf(treeOf(channel['bindings'])['ws']);
  const schemas = new Map<string, unknown>();
  const receive = messagesOf({ document, judging, schemas }, 'receive');
  const send = messagesOf({ document, judging, schemas }, 'send');
  return {
    path: String(channel['address']),
    method: textOf(binding['method']) ?? 'GET',
    subprotocol: String(readSubprotocol(channel).subprotocol),
    security: securityOf(channel['x-security'], callers),
    tokenPlaces: tokenPlacesOf(document),
    query: queryOf(document, judging, treeOf(binding['query']), `channel ${name} query`),
    limits: limitsOf(document),
    closeCodes: closeCodesOf(document),
    parseClientMessage(text, now = 0) {
      let message: unknown;
      try {
        message = JSON.parse(text);
      } catch {
        return { ok: false, faults: [{ code: 'InvalidJson', target: '', message: 'is not valid JSON' }] };
      }
      const { value, faults } = judgeMessage(receive, message, now);
      // The parse edge: what the document's schemas let through is what the types generated from them say.
      return faults.length === 0 ? { ok: true, message: value as ClientMessage } : { ok: false, faults };
    },
    checkServerMessage: (message, now = 0) => judgeMessage(send, message, now).faults,
    schemaOf: (type) => schemas.get(type),
  };
}

function judgeMessage(judges: ReadonlyMap<string, Judge>, message: unknown, now: number): { value: unknown; faults: readonly Fault[] } {
  const fault = (code: string, target: string, text: string) => ({ value: message, faults: [{ code, target, message: text }] });
  if (!isTree(message)) return fault('type', '', 'must be an object');
  if (message['type'] === undefined) return fault('required', '/type', 'is required');
  const judge = typeof message['type'] === 'string' ? judges.get(message['type']) : undefined;
  if (!judge) return fault('enum', '/type', `must be one of ${[...judges.keys()].join(', ')}`);
  return judge(message, now);
}

interface MessageParts {
  readonly document: Document;
  readonly judging: Judging;
  readonly schemas: Map<string, unknown>;
}

/** The judges of one direction, by the `type` that each message's schema fixes; the schemas are added to `schemas`. */
function messagesOf({ document, judging, schemas }: MessageParts, action: 'send' | 'receive'): ReadonlyMap<string, Judge> {
  const judges = new Map<string, Judge>();
  for (const [operation, { action: its, messages }] of treesIn(document.tree['operations'])) {
    if (its !== action) continue;
    for (const [index, message] of listOf(messages).entries()) {
      const place = `operation ${operation} message ${textOf(treeOf(message)['name']) ?? index}`;
      const { payload } = treeOf(message);
      const type = textOf(treeOf(treeOf(treeOf(payload)['properties'])['type'])['const']);
      if (type === undefined) throw new DocumentError(document.file, place, 'its payload has no type with a const');
      const name = textOf(treeOf(message)['name']) ?? type;
      if (name !== type) throw new DocumentError(document.file, place, `its name is not what its type says: ${type}`);
      judges.set(type, judging.judgeFor(payload, place));
      schemas.set(type, payload);
    }
  }
  if (judges.size === 0) throw new DocumentError(document.file, '#/operations', `there is no message with action ${action}`);
  return judges;
}

/** The places that every operation allows, for a connection serves all of them; where none is named, the header. */
function tokenPlacesOf({ file, tree }: Document): readonly TokenPlace[] {
  const allowed = treesIn(tree['operations']).flatMap(([name, { security }]) =>
    security === undefined ? [] : [listOf(security).map((scheme) => tokenPlaceOf(file, `operation ${name} security`, treeOf(scheme)))],
  );
  const [first = [{ in: 'header' }] satisfies TokenPlace[], ...others] = allowed;
  const keyOf = (place: TokenPlace) => JSON.stringify(place);
  return first.filter((place) => others.every((other) => other.some((one) => keyOf(one) === keyOf(place))));
}

function tokenPlaceOf(file: string, place: string, { type, scheme, in: where, name }: Tree): TokenPlace {
  if (type === 'http' && String(scheme).toLowerCase() === 'bearer') return { in: 'header' };
  if (type === 'httpApiKey' && where === 'query' && typeof name === 'string') return { in: 'query', name };
  throw new DocumentError(file, place, 'only http bearer and httpApiKey in query are supported');
}

function queryOf(document: Document, judging: Judging, schema: Tree, place: string): readonly Parameter[] {
  const required = listOf(schema['required']).map(String);
  const properties = treeOf(schema['properties']);
  return [...new Set([...Object.keys(properties), ...required])].map((name) => {
    const member = treeOf(properties[name]);
    return createParameter({
      file: document.file,
      place: `${place} ${name}`,
      name,
      in: 'query',
      isRequired: required.includes(name),
      schema: member,
      violation: member['x-violation'],
      judge: judging.judgeFor(member, `${place} ${name}`),
    });
  });
}
