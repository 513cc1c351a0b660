// The responses that a document declares: media type, headers with their constants, validators, example.

import { isJsonObject, type JsonObject, jsonObjectOf, jsonObjectsIn, textOf } from '../values/json.ts';
import type { Validator, ValidatorFactory } from './validator.ts';

export interface ResponseHeader {
  readonly name: string;
  readonly isRequired: boolean;
  /** The `const` of the schema. */
  readonly constant: string | undefined;
  readonly example: string | undefined;
  readonly schema: unknown;
  readonly validate: Validator;
}

export interface ResponseSpec {
  /** The media type, sent unchanged. Undefined if there is no body. */
  readonly mediaType: string | undefined;
  readonly headers: readonly ResponseHeader[];
  readonly validateBody: Validator | undefined;
  /** The schema of the body, with references resolved. */
  readonly schema: unknown;
  readonly example: { readonly value: unknown } | undefined;
}

/** By the document's status key: `201`, `4XX`, `default`. */
export type Responses = ReadonlyMap<string, ResponseSpec>;

export function responseFor(responses: Responses, status: number): ResponseSpec | undefined {
  return responses.get(String(status)) ?? responses.get(`${Math.floor(status / 100)}XX`) ?? responses.get('default');
}

export function buildResponses(responses: unknown, factory: ValidatorFactory, location: string): Responses {
  return new Map(jsonObjectsIn(responses).map(([status, response]) => [status, buildResponse(response, factory, `${location} ${status}`)]));
}

function buildResponse(response: JsonObject, factory: ValidatorFactory, location: string): ResponseSpec {
  const [mediaType, media] = jsonObjectsIn(response['content'])[0] ?? [];
  return {
    mediaType,
    headers: jsonObjectsIn(response['headers']).map(([name, header]) => buildHeader(name, header, factory, location)),
    schema: media?.['schema'],
    validateBody: media && factory.compile(media['schema'] ?? true, `${location} body`),
    example: media && exampleOf(media),
  };
}

function buildHeader(name: string, header: JsonObject, factory: ValidatorFactory, location: string): ResponseHeader {
  const schema = jsonObjectOf(header['schema']);
  return {
    name,
    isRequired: header['required'] === true,
    constant: textOf(schema['const']),
    example: textOf(header['example']),
    schema,
    validate: factory.compile(schema, `${location} header ${name}`),
  };
}

/** The example of the media type, or else of its schema. */
function exampleOf(media: JsonObject): { readonly value: unknown } | undefined {
  if ('example' in media) return { value: media['example'] };
  const [, named] = jsonObjectsIn(media['examples'])[0] ?? [];
  if (named && 'value' in named) return { value: named['value'] };
  const { schema } = media;
  if (!isJsonObject(schema)) return undefined;
  if (Array.isArray(schema['examples']) && schema['examples'].length > 0) return { value: schema['examples'][0] };
  return 'example' in schema ? { value: schema['example'] } : undefined;
}
