// Makes requests that an operation must accept, from the document alone: caller, path, parameters, body.
import type { HttpRequest } from '../../checks/exchange.ts';
import type { Operation } from '../../documents/operation.ts';
import type { Parameter } from '../../documents/parameters.ts';
import { jsonObjectOf } from '../../values/json.ts';
import type { CaseContext } from '../case.ts';
import type { Fixture } from '../fixture.ts';
import { type BodyShape, exampleOf, makeBody } from './base-body.ts';
import type { SampleContext } from './sample.ts';

export interface CaseParts {
  readonly context: CaseContext;
  readonly fixture: Fixture;
}

export function sampleContextOf({ context }: CaseParts): SampleContext {
  return {
    now: context.clock.now(),
    application: context.application,
    isApplicationGiven: context.given.isApplicationGiven,
    name: (hint) => context.name(hint),
  };
}

/** Each call returns a new request: its names are used once, and the resource that it deletes exists. */
export async function baseRequest(operation: Operation, parts: CaseParts, shape: BodyShape = {}): Promise<HttpRequest> {
  const { method, body, parameters } = operation;
  const headers: Record<string, string> = {};
  const query: Record<string, string> = {};
  for (const parameter of parameters) {
    const value = await valueFor(parameter, parts, shape.isFull ?? false);
    if (value === undefined) continue;
    if (parameter.in === 'header') headers[parameter.name] = value;
    if (parameter.in === 'query') query[parameter.name] = value;
  }
  return {
    surface: surfaceOf(operation),
    method,
    path: await pathOf(operation, parts),
    caller: callerOf(operation),
    ...(Object.keys(query).length > 0 ? { query } : {}),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    ...(body ? { json: makeBody(jsonObjectOf(bodySchema(operation)), sampleContextOf(parts), shape) } : {}),
  };
}

export const surfaceOf = ({ path, tags }: Pick<Operation, 'path' | 'tags'>): 'graph' | 'client' =>
  tags.includes('client') || path.startsWith('/client/') ? 'client' : 'graph';

/** The app server if the operation allows it, otherwise the user. */
export const callerOf = ({ security }: Operation): 'app' | 'user' | 'none' =>
  security.length === 0 ? 'none' : security.some(({ caller }) => caller === 'app') ? 'app' : 'user';

export function bodySchema({ body }: Operation): unknown {
  return body?.schemas.get('application/json') ?? [...(body?.schemas.values() ?? [])][0];
}

/** Sends the UNSID wherever it is declared; other parameters only if they are required or the request is to be full. */
async function valueFor({ name, in: where, isRequired, schema }: Parameter, { fixture }: CaseParts, isFull: boolean) {
  if (where === 'path' || where === 'cookie') return undefined;
  if (name.toLowerCase() === 'x-uns-id') return fixture.unsid();
  const isForbidden = jsonObjectOf(schema)['not'] !== undefined;
  // Only the service can make a cursor, and Content-Encoding must match the body.
  const isApart = name === 'since' || name.toLowerCase() === 'content-encoding' || isForbidden;
  if (isApart || !(isRequired || (isFull && where === 'query'))) return undefined;
  return String(makeBody(jsonObjectOf(schema), plainContext, { isFull: true }) ?? exampleOf(jsonObjectOf(schema)));
}

const plainContext: SampleContext = { now: 0, application: 'contoso.example', isApplicationGiven: true, name: (hint) => hint };

async function pathOf({ path, method, parameters }: Operation, { fixture }: CaseParts): Promise<string> {
  let filled = path;
  for (const { name, in: where, schema } of parameters) {
    if (where !== 'path') continue;
    const value =
      name === 'unsid'
        ? await (method === 'DELETE' ? fixture.spareSubscription() : fixture.unsid())
        : name === 'id'
          ? await fixture.notification()
          : String(makeBody(jsonObjectOf(schema), plainContext));
    filled = filled.replace(`{${name}}`, encodeURIComponent(value));
  }
  return filled;
}
