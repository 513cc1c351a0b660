// Cases of bodies as bytes: no JSON, other types than an object, media types, encodings, sizes.
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { Operation } from '../../spec/operation.ts';
import { listOf, treeOf } from '../../spec/tree.ts';
import type { Case } from '../case.ts';
import type { HttpRequest } from '../exchange.ts';
import { bodyRequirementOf } from './requirement-of.ts';
import { acceptCase, type RequestVariation, refuseCase, successOf } from './trial.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const jsonOf = ({ json }: HttpRequest): string => JSON.stringify(json);

/** The bytes in place of the JSON. Bytes, not text: to text, fetch adds a media type of its own. */
function inBytes(label: string, make: (json: string) => string | Uint8Array, headers: HttpRequest['headers'] = {}): RequestVariation {
  return {
    label,
    alter: ({ json, ...base }) => {
      const made = make(jsonOf({ ...base, json }));
      return { ...base, headers: { ...base.headers, ...headers }, bytes: typeof made === 'string' ? bytesOf(made) : made };
    },
  };
}

export function rawBodyCases(operation: Operation): readonly Case[] {
  if (!operation.body) return [];
  return [...formCases(operation), ...mediaCases(operation), ...encodingCases(operation), ...sizeCases(operation)];
}

const notJson: readonly RequestVariation[] = [
  inBytes('cut off', (json) => json.slice(0, -1)),
  inBytes('plain words', () => 'Hello'),
  inBytes('with single quotes', (json) => json.replaceAll('"', "'")),
  inBytes('with a comma too many', (json) => `${json.slice(0, -1)},}`),
  inBytes('with a comment', (json) => `/* body */${json}`),
  inBytes('twice', (json) => `${json}${json}`),
  inBytes('empty', () => ''),
  inBytes('white space', () => '  \n'),
  inBytes('in invalid UTF-8', (json) => Uint8Array.from([...bytesOf(`${json.slice(0, -1)},"x":"`), 0xc3, 0x28, ...bytesOf('"}')])),
  inBytes('as a form', () => 'targetHostName=contoso.example&payload=Hello'),
];
const notAnObject: readonly RequestVariation[] = ['null', 'true', '42', '"Hello"'].map((text) => inBytes(text, () => text));
const lists: readonly RequestVariation[] = [
  inBytes('an array of the body', (json) => `[${json}]`),
  inBytes('an empty array', () => '[]'),
  inBytes('a thousand arrays in each other', () => '['.repeat(1000) + ']'.repeat(1000)),
];

function formCases(operation: Operation): readonly Case[] {
  const { operationId } = operation;
  const common = { operation, document: undefined, about: 'a body' };
  const refusal = (id: string, title: string, variations: readonly RequestVariation[], statuses: readonly number[]) =>
    refuseCase({
      ...common,
      id: `${operationId}/body/${id}`,
      title,
      requirement: bodyRequirementOf(operationId, id === 'array'),
      rounds: [{ variations }],
      statuses,
    });
  const deep = inBytes(
    'a member ten thousand arrays deep',
    (json) => `${json.slice(0, -1)},"deep":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
  );
  return [
    refusal('no-json', 'refuses a body that is no JSON', notJson, [400]),
    refusal('no-object', 'refuses a body that is no object', notAnObject, [400, 401]),
    // F18 names the array among what is 400; elsewhere it is a value of a wrong type, as any other that is no object.
    refusal('array', 'refuses a body that is an array', lists, operationId === 'postNotification' ? [400] : [400, 401]),
    acceptCase({
      ...common,
      id: `${operationId}/body/deep`,
      requirement: 'no-server-error',
      title: 'survives a body that is nested deep',
      variations: [deep],
      statuses: [...successOf(operation), 400, 413],
    }),
  ];
}

const otherMedia = [
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonp',
  'json',
];
const sameMedia = [
  'application/json; charset=utf-8',
  'application/json;charset=UTF-8',
  'Application/JSON',
  'application/json; odata.metadata=minimal',
];

function mediaCases(operation: Operation): readonly Case[] {
  const known = [...(operation.body?.media.keys() ?? [])];
  if (!known.includes('application/json')) return [];
  const { operationId } = operation;
  const common = { operation, document: undefined, about: 'Content-Type', requirement: 'content-type' };
  const sent = (type: string | null) => inBytes(type ?? 'none', (json) => json, { 'Content-Type': type });
  return [
    refuseCase({
      ...common,
      id: `${operationId}/content-type/refused`,
      title: 'refuses a body of another media type, and one without',
      rounds: [{ variations: [null, ...otherMedia.filter((type) => !known.includes(type))].map(sent) }],
      statuses: [415],
    }),
    acceptCase({
      ...common,
      id: `${operationId}/content-type/accepted`,
      title: 'accepts the media type however it is written',
      variations: sameMedia.map(sent),
    }),
  ];
}

const encoders: Readonly<Record<string, readonly ((json: string) => Uint8Array)[]>> = {
  identity: [bytesOf],
  gzip: [(json) => gzipSync(json), (json) => gzipSync(json, { level: 0 })],
  // Both are in use: with zlib's wrapper, as the standard says, and raw.
  deflate: [(json) => deflateSync(json), (json) => deflateRawSync(json)],
  br: [(json) => brotliCompressSync(json)],
};

function encodingCases(operation: Operation): readonly Case[] {
  const parameter = operation.parameters.find(({ name }) => name.toLowerCase() === 'content-encoding');
  if (!parameter) return [];
  const schema = treeOf(parameter.schema);
  const codings = listOf(schema['enum']).map(String);
  const { operationId } = operation;
  const common = { operation, about: 'Content-Encoding', document: undefined };
  const isPost = operationId === 'postNotification';
  const requirement = (id: string) => (isPost ? id : bodyRequirementOf(operationId, false));
  const encoded = (coding: string, label: string, encode: (json: string) => Uint8Array | string) =>
    inBytes(label, encode, { 'Content-Encoding': coding });
  const spellings = (coding: string) => [coding, ...(schema['x-case-insensitive'] === true ? [coding.toUpperCase()] : [])];
  const read = codings.flatMap((coding) =>
    (encoders[coding] ?? []).flatMap((encode, form) => spellings(coding).map((text) => encoded(text, `${text}, form ${form + 1}`, encode))),
  );
  const typed = codings.flatMap((coding) =>
    (encoders[coding] ?? []).slice(0, 1).map((encode) => {
      const headers = { 'Content-Encoding': coding, 'Content-Type': 'application/json; charset=utf-8' };
      return inBytes(`${coding}, with a charset`, encode, headers);
    }),
  );
  const refusedCodings = ['br', 'compress', 'zstd', 'utf-8', 'unknown'].filter((coding) => !codings.includes(coding));
  const gzip = (json: string) => new Uint8Array(gzipSync(json));
  const refused = [
    ...refusedCodings.map((coding) => encoded(coding, coding, encoders[coding]?.[0] ?? bytesOf)),
    encoded('gzip, deflate', 'a list', gzip),
    encoded('gzip, gzip', 'the same twice', (json) => new Uint8Array(gzipSync(gzip(json)))),
  ];
  const corrupt = [
    encoded('gzip', 'plain text called gzip', (json) => json),
    encoded('gzip', 'gzip that is cut off', (json) => gzip(json).slice(0, -12)),
    encoded('gzip', 'gzip with a wrong checksum', (json) =>
      gzip(json).map((byte, index, all) => (index === all.length - 8 ? byte ^ 0xff : byte)),
    ),
    encoded('deflate', 'plain text called deflate', (json) => json),
    encoded('deflate', 'nothing called deflate', () => ''),
    encoded('gzip', 'gzip of what is no JSON', () => gzip('Hello')),
  ];
  return [
    acceptCase({
      ...common,
      id: `${operationId}/content-encoding/read`,
      requirement: requirement('encoding-read'),
      title: 'reads the documented encodings',
      variations: [...read, ...typed],
    }),
    refuseCase({
      ...common,
      id: `${operationId}/content-encoding/refused`,
      requirement: requirement('encoding-refused'),
      title: 'refuses other encodings',
      rounds: [{ variations: refused }],
      statuses: [415],
    }),
    refuseCase({
      ...common,
      id: `${operationId}/content-encoding/corrupt`,
      requirement: requirement('encoding-corrupt'),
      title: 'refuses a body that is not what its encoding says',
      rounds: [{ variations: corrupt }],
      statuses: [400],
    }),
  ];
}

/** Large bodies cost time: the limit itself is tried where an app server publishes. */
function sizeCases(operation: Operation): readonly Case[] {
  const { operationId, body } = operation;
  if (operationId !== 'postNotification' || !body) return [];
  const { maxBytes } = body;
  const common = { operation, about: 'a body', document: undefined, requirement: 'body-limit' };
  const padded = (json: string, bytes: number): string => {
    const start = `${json.slice(0, -1)},"padding":"`;
    return `${start}${'x'.repeat(Math.max(0, bytes - start.length - 2))}"}`;
  };
  return [
    acceptCase({
      ...common,
      id: `${operationId}/body-size/accepted`,
      title: 'accepts a body as large as the limit',
      variations: [inBytes(`${maxBytes} bytes`, (json) => padded(json, maxBytes))],
    }),
    refuseCase({
      ...common,
      id: `${operationId}/body-size/refused`,
      title: 'refuses a body over the limit, also one that is so only after decompression',
      rounds: [
        {
          variations: [
            inBytes(`${maxBytes + 1} bytes`, (json) => padded(json, maxBytes + 1)),
            inBytes(`${maxBytes + 1} bytes in gzip`, (json) => new Uint8Array(gzipSync(padded(json, maxBytes + 1))), {
              'Content-Encoding': 'gzip',
            }),
          ],
        },
      ],
      statuses: [413],
    }),
  ];
}
