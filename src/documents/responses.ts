// The answers that a document declares: media type, headers with their fixed values, judges, example.
import type { Judge, Judging } from './judge.ts';
import { isTree, type Tree, textOf, treeOf, treesIn } from './tree.ts';

export interface ResponseHeader {
  readonly name: string;
  readonly isRequired: boolean;
  /** The value that the document fixes. */
  readonly constant: string | undefined;
  readonly example: string | undefined;
  readonly schema: unknown;
  readonly judge: Judge;
}

export interface ResponseSpec {
  /** The key of the media type, sent as it is; undefined: there is no body. */
  readonly mediaType: string | undefined;
  readonly headers: readonly ResponseHeader[];
  readonly judgeBody: Judge | undefined;
  /** Of the body, as the document writes it, references resolved. */
  readonly schema: unknown;
  readonly example: { readonly value: unknown } | undefined;
}

/** By status as the document writes it: `201`, `4XX`, `default`. */
export type Responses = ReadonlyMap<string, ResponseSpec>;

export function responseFor(responses: Responses, status: number): ResponseSpec | undefined {
  return responses.get(String(status)) ?? responses.get(`${Math.floor(status / 100)}XX`) ?? responses.get('default');
}

export function buildResponses(responses: unknown, judging: Judging, place: string): Responses {
  return new Map(treesIn(responses).map(([status, response]) => [status, buildResponse(response, judging, `${place} ${status}`)]));
}

function buildResponse(response: Tree, judging: Judging, place: string): ResponseSpec {
  const [mediaType, media] = treesIn(response['content'])[0] ?? [];
  return {
    mediaType,
    headers: treesIn(response['headers']).map(([name, header]) => buildHeader(name, header, judging, place)),
    schema: media?.['schema'],
    judgeBody: media && judging.judgeFor(media['schema'] ?? true, `${place} body`),
    example: media && exampleOf(media),
  };
}

function buildHeader(name: string, header: Tree, judging: Judging, place: string): ResponseHeader {
  const schema = treeOf(header['schema']);
  return {
    name,
    isRequired: header['required'] === true,
    constant: textOf(schema['const']),
    example: textOf(header['example']),
    schema,
    judge: judging.judgeFor(schema, `${place} header ${name}`),
  };
}

/** Of the media type, else of its schema. */
function exampleOf(media: Tree): { readonly value: unknown } | undefined {
  if ('example' in media) return { value: media['example'] };
  const [, named] = treesIn(media['examples'])[0] ?? [];
  if (named && 'value' in named) return { value: named['value'] };
  const { schema } = media;
  if (!isTree(schema)) return undefined;
  if (Array.isArray(schema['examples']) && schema['examples'].length > 0) return { value: schema['examples'][0] };
  return 'example' in schema ? { value: schema['example'] } : undefined;
}
