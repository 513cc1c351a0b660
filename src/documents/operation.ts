// Builds the operations from the OpenAPI documents: security, parameters, request body, responses.
import type { TokenResource } from '../domain/model.ts';
import type { SecurityAlternative } from '../domain/security.ts';
import { type JsonObject, jsonObjectOf, jsonObjectsIn, listOf, textOf } from '../values/json.ts';
import { DocumentError } from './document-error.ts';
import type { Document, DocumentKind } from './documents.ts';
import { createParameter, type Parameter, type ParameterLocation } from './parameters.ts';
import { type RequestRules, requestRulesOf } from './request-rules.ts';
import { buildResponses, type Responses } from './responses.ts';
import type { Validator, ValidatorFactory } from './validator.ts';

export interface RequestBody {
  readonly isRequired: boolean;
  /** Largest body in bytes, as sent and after decompression. */
  readonly maxBytes: number;
  /** Validators by media type, in lower case and without parameters. */
  readonly media: ReadonlyMap<string, Validator>;
  /** The schemas of the same media types, with references resolved. */
  readonly schemas: ReadonlyMap<string, unknown>;
}

export interface Operation {
  readonly operationId: string;
  /** The document that describes it; determines the format of its error responses. */
  readonly surface: DocumentKind;
  /** In upper case. */
  readonly method: string;
  /** The path template. */
  readonly path: string;
  readonly tags: readonly string[];
  /** A caller has to satisfy one of these; empty if no token is required. */
  readonly security: readonly SecurityAlternative[];
  /** Whether callers may or must use Basic authentication (RFC 7617). */
  readonly basic: 'ignored' | 'optional' | 'required';
  readonly parameters: readonly Parameter[];
  /** Its parameters include the header `client-request-id` (F6). */
  readonly readsClientRequestId: boolean;
  readonly body: RequestBody | undefined;
  readonly responses: Responses;
  /** A trailing slash is accepted. */
  readonly trailingSlash: boolean;
  /** The first parameter of the path may also be written as OData's key: `users('adele')`. */
  readonly keyInParentheses: boolean;
  /** What its document says about requests. */
  readonly rules: RequestRules;
  /** Described by a shipped document, and therefore required to have a handler. */
  readonly isShipped: boolean;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const parameterLocations: readonly ParameterLocation[] = ['path', 'query', 'header', 'cookie'];
/** OpenAPI: header parameters of these names are ignored. */
const ignoredHeaders = ['accept', 'content-type', 'authorization'];
/** Graph's own limit (D13), where the document has none. */
const defaultMaxBytes = 4_194_304;

/** @throws DocumentError */
export function buildOperations(document: Document, factory: ValidatorFactory): readonly Operation[] {
  const rules = requestRulesOf(document);
  return jsonObjectsIn(document.tree['paths']).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method] !== undefined)
      .map((method) => buildOperation({ document, factory, rules, path, item, method })),
  );
}

interface OperationSource {
  readonly document: Document;
  readonly factory: ValidatorFactory;
  readonly rules: RequestRules;
  readonly path: string;
  readonly item: JsonObject;
  readonly method: string;
}

function buildOperation(source: OperationSource): Operation {
  const { document, factory, rules, path, item, method } = source;
  const operation = jsonObjectOf(item[method]);
  const operationId = textOf(operation['operationId']);
  const location = `${method.toUpperCase()} ${path}`;
  if (operationId === undefined) throw new DocumentError(document.file, location, 'has no operationId');
  const parameters = parametersOf(operation, source, operationId);
  return {
    operationId,
    surface: document.kind,
    method: method.toUpperCase(),
    path,
    tags: listOf(operation['tags']).flatMap((tag) => textOf(tag) ?? []),
    security: securityOf(operation['security'] ?? document.tree['security'], document.tree),
    basic: basicOf(operation['security'] ?? document.tree['security'], document.tree),
    parameters,
    readsClientRequestId: parameters.some(({ in: location, name }) => location === 'header' && name.toLowerCase() === 'client-request-id'),
    body: bodyOf(operation['requestBody'], source, operationId),
    responses: buildResponses(operation['responses'], factory, operationId),
    trailingSlash: item['x-trailing-slash'] === true,
    keyInParentheses: item['x-key-in-parentheses'] === true,
    rules,
    isShipped: document.isShipped,
  };
}

const schemesOf = (tree: JsonObject): JsonObject => jsonObjectOf(jsonObjectOf(tree['components'])['securitySchemes']);

function isBasic(scheme: unknown): boolean {
  const { type, scheme: name } = jsonObjectOf(scheme);
  return type === 'http' && String(name).toLowerCase() === 'basic';
}

function basicOf(security: unknown, tree: JsonObject): Operation['basic'] {
  const schemes = schemesOf(tree);
  const isNamed = listOf(security).map((requirement) => Object.keys(jsonObjectOf(requirement)).some((name) => isBasic(schemes[name])));
  if (!isNamed.includes(true)) return 'ignored';
  return isNamed.includes(false) ? 'optional' : 'required';
}

/** A scheme without `x-caller` allows both kinds of callers, one without `x-resources` tokens for anything; Basic defines none. An empty requirement needs no token. */
export function securityOf(security: unknown, tree: JsonObject): readonly SecurityAlternative[] {
  const requirements = listOf(security).map(jsonObjectOf);
  if (requirements.some((requirement) => Object.keys(requirement).length === 0)) return [];
  const schemes = schemesOf(tree);
  return requirements.flatMap((requirement) =>
    Object.entries(requirement).flatMap(([name, scopes]): SecurityAlternative[] => {
      if (isBasic(schemes[name])) return [];
      const { 'x-caller': caller, 'x-resources': resources } = jsonObjectOf(schemes[name]);
      const needed = {
        scopes: listOf(scopes).flatMap((scope) => textOf(scope) ?? []),
        ...(resources === undefined ? {} : { resources: listOf(resources).filter(isTokenResource) }),
      };
      if (caller === 'app' || caller === 'user') return [{ caller, ...needed }];
      return [
        { caller: 'app', ...needed },
        { caller: 'user', ...needed },
      ];
    }),
  );
}

function isTokenResource(value: unknown): value is TokenResource {
  return value === 'graph' || value === 'activity';
}

/** The operation's own parameters, and those of its path that it does not override. */
function parametersOf(operation: JsonObject, { document, factory, item }: OperationSource, operationId: string): readonly Parameter[] {
  const byKey = new Map<string, JsonObject>();
  for (const one of [...listOf(item['parameters']), ...listOf(operation['parameters'])]) {
    const parameter = jsonObjectOf(one);
    byKey.set(`${parameter['in']} ${parameter['name']}`, parameter);
  }
  return [...byKey.values()].flatMap((parameter) => {
    const name = String(parameter['name']);
    const where = parameterLocations.find((known) => known === parameter['in']);
    const location = `${operationId} parameter ${name}`;
    if (!where) throw new DocumentError(document.file, location, `'in: ${parameter['in']}' is not supported`);
    if (where === 'header' && ignoredHeaders.includes(name.toLowerCase())) return [];
    const validate = factory.compileRequest(parameter['schema'] ?? true, location);
    const isRequired = parameter['required'] === true;
    const { schema, 'x-violation': violation } = parameter;
    return [createParameter({ file: document.file, location, name, in: where, isRequired, schema, violation, validate })];
  });
}

function bodyOf(value: unknown, { document, factory }: OperationSource, operationId: string): RequestBody | undefined {
  if (value === undefined) return undefined;
  const body = jsonObjectOf(value);
  const maxBytes = body['x-max-bytes'] ?? defaultMaxBytes;
  if (typeof maxBytes !== 'number' || !(maxBytes > 0)) {
    throw new DocumentError(document.file, `${operationId} request body`, 'x-max-bytes must be a number above 0');
  }
  const media = jsonObjectsIn(body['content']).map(([type, one]) => [mediaTypeOf(type), one['schema'] ?? true] as const);
  return {
    isRequired: body['required'] === true,
    maxBytes,
    media: new Map(media.map(([type, schema]) => [type, factory.compileRequest(schema, `${operationId} request body`)])),
    schemas: new Map(media),
  };
}

/** Type and subtype, without parameters, in lower case. */
export function mediaTypeOf(text: string): string {
  return (text.split(';', 1)[0] ?? '').trim().toLowerCase();
}
