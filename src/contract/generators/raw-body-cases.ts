// Cases of bodies as bytes: not JSON, other types than an object, media types, sizes.
import { gzipSync } from 'node:zlib';
import { bodyRequirementOf } from '../../checks/requirement-of.ts';
import type { Operation } from '../../documents/operation.ts';
import type { Case } from '../case.ts';
import { encodingCases } from './encoding-cases.ts';
import { asRawBody, bytesOf } from './raw-body.ts';
import { acceptCase, type RequestVariation, refuseCase, successOf } from './variation-case.ts';

export function rawBodyCases(operation: Operation): readonly Case[] {
  if (!operation.body) return [];
  return [...formCases(operation), ...mediaCases(operation), ...encodingCases(operation), ...sizeCases(operation)];
}

const notJson: readonly RequestVariation[] = [
  asRawBody('cut off', (json) => json.slice(0, -1)),
  asRawBody('plain words', () => 'Hello'),
  asRawBody('with single quotes', (json) => json.replaceAll('"', "'")),
  asRawBody('with a trailing comma', (json) => `${json.slice(0, -1)},}`),
  asRawBody('with a comment', (json) => `/* body */${json}`),
  asRawBody('twice', (json) => `${json}${json}`),
  asRawBody('empty', () => ''),
  asRawBody('white space', () => '  \n'),
  asRawBody('in invalid UTF-8', (json) => Uint8Array.from([...bytesOf(`${json.slice(0, -1)},"x":"`), 0xc3, 0x28, ...bytesOf('"}')])),
  asRawBody('as a form', () => 'targetHostName=contoso.example&payload=Hello'),
];
const notAnObject: readonly RequestVariation[] = ['null', 'true', '42', '"Hello"'].map((text) => asRawBody(text, () => text));
const lists: readonly RequestVariation[] = [
  asRawBody('an array of the body', (json) => `[${json}]`),
  asRawBody('an empty array', () => '[]'),
  asRawBody('a thousand nested arrays', () => '['.repeat(1000) + ']'.repeat(1000)),
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
  const deep = asRawBody(
    'a member of ten thousand nested arrays',
    (json) => `${json.slice(0, -1)},"deep":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
  );
  return [
    refusal('no-json', 'refuses a body that is not JSON', notJson, [400]),
    refusal('no-object', 'refuses a body that is not an object', notAnObject, [400, 401]),
    // F18 requires 400 for an array on POST; elsewhere it is a value of a wrong type.
    refusal('array', 'refuses a body that is an array', lists, operationId === 'postNotification' ? [400] : [400, 401]),
    acceptCase({
      ...common,
      id: `${operationId}/body/deep`,
      requirement: 'no-server-error',
      title: 'survives a deeply nested body',
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
  const sent = (type: string | null) => asRawBody(type ?? 'none', (json) => json, { 'Content-Type': type });
  return [
    refuseCase({
      ...common,
      id: `${operationId}/content-type/refused`,
      title: 'refuses a body of another media type, or without a media type',
      rounds: [{ variations: [null, ...otherMedia.filter((type) => !known.includes(type))].map(sent) }],
      statuses: [415],
    }),
    acceptCase({
      ...common,
      id: `${operationId}/content-type/accepted`,
      title: 'accepts every spelling of the media type',
      variations: sameMedia.map(sent),
    }),
  ];
}

/** Large bodies take time, so the limit is tested on POST only. */
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
      variations: [asRawBody(`${maxBytes} bytes`, (json) => padded(json, maxBytes))],
    }),
    refuseCase({
      ...common,
      id: `${operationId}/body-size/refused`,
      title: 'refuses a body over the limit, also if it exceeds it only after decompression',
      rounds: [
        {
          variations: [
            asRawBody(`${maxBytes + 1} bytes`, (json) => padded(json, maxBytes + 1)),
            asRawBody(`${maxBytes + 1} bytes in gzip`, (json) => new Uint8Array(gzipSync(padded(json, maxBytes + 1))), {
              'Content-Encoding': 'gzip',
            }),
          ],
        },
      ],
      statuses: [413],
    }),
  ];
}
