// Builds the device socket from the AsyncAPI document: address, query, limits, close codes, message validators.
import type { Violation } from '../domain/errors.ts';
import type { SecurityAlternative } from '../domain/security.ts';
import { isJsonObject, type JsonObject, jsonIn, jsonObjectOf, jsonObjectsIn, listOf, textOf } from '../values/json.ts';
import type { components } from './devices.gen.ts';
import { DocumentError } from './document-error.ts';
import type { Document } from './documents.ts';
import { type Envelopes, envelopesOf, hasEnvelopes } from './envelopes.ts';
import { securityOf } from './operation.ts';
import { createParameter, type Parameter } from './parameters.ts';
import { type CloseCodes, closeCodesOf, limitsOf, type SocketLimits } from './socket-numbers.ts';
import { readSubprotocol } from './subprotocol.ts';
import type { Validator, ValidatorFactory } from './validator.ts';

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
  | { readonly ok: false; readonly violations: readonly Violation[] };

/** The bearer token in `Authorization`, or in a parameter of the query. */
export type TokenLocation = { readonly in: 'header' } | { readonly in: 'query'; readonly name: string };

export interface SocketSpec {
  readonly path: string;
  readonly method: string;
  readonly subprotocol: string;
  /** What is sent under the subprotocol of the push channels; undefined if the document has none. */
  readonly envelopes: Envelopes | undefined;
  readonly security: readonly SecurityAlternative[];
  /** Where the token may be sent; the first location with a token is used. */
  readonly tokenLocations: readonly TokenLocation[];
  /** Validated by `validateParameters`. */
  readonly query: readonly Parameter[];
  readonly limits: SocketLimits;
  readonly closeCodes: CloseCodes;
  /** @param now milliseconds since the epoch, by the service clock; only used for instants in messages */
  parseClientMessage(text: string, now?: number): ParsedMessage;
  /** The violations in a message that the server is about to send; empty if it is valid. */
  checkServerMessage(message: unknown, now?: number): readonly Violation[];
  /** The schema of the messages of this type, with references resolved. */
  schemaOf(type: string): unknown;
}

/**
 * @param callers the document whose security schemes `x-security` refers to
 * @throws DocumentError
 */
export function buildSocket(document: Document, factory: ValidatorFactory, callers: JsonObject): SocketSpec {
  const [name, channel] = jsonObjectsIn(document.tree['channels'])[0] ?? ['', {}];
  const binding = jsonObjectOf(jsonObjectOf(channel['bindings'])['ws']);
  const schemas = new Map<string, unknown>();
  const receive = messagesOf({ document, factory, schemas }, 'receive');
  const send = messagesOf({ document, factory, schemas }, 'send');
  return {
    path: String(channel['address']),
    method: textOf(binding['method']) ?? 'GET',
    subprotocol: String(readSubprotocol(channel).subprotocol),
    envelopes: envelopesOf(document, factory),
    security: securityOf(channel['x-security'], callers),
    tokenLocations: tokenLocationsOf(document),
    query: queryOf(document, factory, jsonObjectOf(binding['query']), `channel ${name} query`),
    limits: limitsOf(document),
    closeCodes: closeCodesOf(document),
    parseClientMessage(text, now = 0) {
      const message = jsonIn(text);
      if (message === undefined) return { ok: false, violations: [{ code: 'InvalidJson', target: '', message: 'is not valid JSON' }] };
      const { value, violations } = validateMessage(receive, message, now);
      // The cast is at the parsing edge: a message that satisfies the schema has the type generated from it.
      return violations.length === 0 ? { ok: true, message: value as ClientMessage } : { ok: false, violations };
    },
    checkServerMessage: (message, now = 0) => validateMessage(send, message, now).violations,
    schemaOf: (type) => schemas.get(type),
  };
}

function validateMessage(
  validators: ReadonlyMap<string, Validator>,
  message: unknown,
  now: number,
): { value: unknown; violations: readonly Violation[] } {
  const violation = (code: string, target: string, text: string) => ({ value: message, violations: [{ code, target, message: text }] });
  if (!isJsonObject(message)) return violation('type', '', 'must be an object');
  if (message['type'] === undefined) return violation('required', '/type', 'is required');
  const validate = typeof message['type'] === 'string' ? validators.get(message['type']) : undefined;
  if (!validate) return violation('enum', '/type', `must be one of ${[...validators.keys()].join(', ')}`);
  return validate(message, now);
}

interface MessageParts {
  readonly document: Document;
  readonly factory: ValidatorFactory;
  readonly schemas: Map<string, unknown>;
}

/** The validators of one direction, by the constant `type` of each message's schema; adds the schemas to `schemas`. */
function messagesOf({ document, factory, schemas }: MessageParts, action: 'send' | 'receive'): ReadonlyMap<string, Validator> {
  const validators = new Map<string, Validator>();
  for (const [operation, one] of jsonObjectsIn(document.tree['operations'])) {
    const { action: its, messages } = one;
    if (its !== action || hasEnvelopes(one)) continue;
    for (const [index, message] of listOf(messages).entries()) {
      const location = `operation ${operation} message ${textOf(jsonObjectOf(message)['name']) ?? index}`;
      const { payload } = jsonObjectOf(message);
      const type = textOf(jsonObjectOf(jsonObjectOf(jsonObjectOf(payload)['properties'])['type'])['const']);
      if (type === undefined) throw new DocumentError(document.file, location, 'its payload has no type with a const');
      const name = textOf(jsonObjectOf(message)['name']) ?? type;
      if (name !== type) throw new DocumentError(document.file, location, `its name is not what its type says: ${type}`);
      validators.set(type, factory.compile(payload, location));
      schemas.set(type, payload);
    }
  }
  if (validators.size === 0) throw new DocumentError(document.file, '#/operations', `there is no message with action ${action}`);
  return validators;
}

/** The locations that all operations allow, because one connection serves all of them; the header if none is declared. */
function tokenLocationsOf({ file, tree }: Document): readonly TokenLocation[] {
  const allowed = jsonObjectsIn(tree['operations']).flatMap(([name, { security }]) =>
    security === undefined
      ? []
      : [listOf(security).map((scheme) => tokenLocationOf(file, `operation ${name} security`, jsonObjectOf(scheme)))],
  );
  const [first = [{ in: 'header' }] satisfies TokenLocation[], ...others] = allowed;
  const keyOf = (location: TokenLocation) => JSON.stringify(location);
  return first.filter((location) => others.every((other) => other.some((one) => keyOf(one) === keyOf(location))));
}

function tokenLocationOf(file: string, location: string, { type, scheme, in: where, name }: JsonObject): TokenLocation {
  if (type === 'http' && String(scheme).toLowerCase() === 'bearer') return { in: 'header' };
  if (type === 'httpApiKey' && where === 'query' && typeof name === 'string') return { in: 'query', name };
  throw new DocumentError(file, location, 'only http bearer and httpApiKey in query are supported');
}

function queryOf(document: Document, factory: ValidatorFactory, schema: JsonObject, location: string): readonly Parameter[] {
  const required = listOf(schema['required']).map(String);
  const properties = jsonObjectOf(schema['properties']);
  return [...new Set([...Object.keys(properties), ...required])].map((name) => {
    const member = jsonObjectOf(properties[name]);
    return createParameter({
      file: document.file,
      location: `${location} ${name}`,
      name,
      in: 'query',
      isRequired: required.includes(name),
      schema: member,
      violation: member['x-violation'],
      validate: factory.compile(member, `${location} ${name}`),
    });
  });
}
