// Cases of content that must be returned as posted: texts that services tend to normalize, and no undocumented members.
import type { HttpRequest } from '../../checks/exchange.ts';
import { withValue } from '../../checks/json-pointer.ts';
import { echoedMembers } from '../../checks/post-body.ts';
import type { Operation } from '../../documents/operation.ts';
import type { Spec } from '../../documents/spec.ts';
import { jsonObjectOf } from '../../values/json.ts';
import type { Case } from '../case.ts';
import { numberOf } from './base-body.ts';
import { bodySchema } from './base-request.ts';
import { contentMismatch, echoMismatch } from './response-echo.ts';
import { nodesOf } from './schema-node.ts';
import { acceptCase, type Mismatch } from './variation-case.ts';

/** Texts that normalization would change: spaces, letter case, Unicode forms, escapes. */
const normalizableTexts: readonly (readonly [string, string])[] = [
  ['spaces around', '  two before, two after  '],
  ['line breaks around', '\r\n\tHello\n'],
  ['spaces inside', 'a  b   c'],
  ['letters of both cases', 'MiXeD CaSe ÄÖÜ äöü İı ß'],
  ['composed and decomposed letters', 'caf\u00e9 cafe\u0301'],
  ['full-width letters and ligatures', '\uff21\uff22\uff23 \ufb01 \u00bd'],
  ['spaces other than the ASCII one', '\u00a0no break\u2003wide\u3000'],
  ['escapes', '%20 + &amp; &#65; \\n \\u0041'],
  ['a number', '007.50'],
  ['JSON with spaces', '{ "b": 1,  "a": [ ] }'],
];
/** Only if the schema allows it. */
const empty: (typeof normalizableTexts)[number] = ['empty text', ''];

/** JSON has several ways to write a character; the parsed text is the same. */
function inEscapes(base: HttpRequest, pointer: string): HttpRequest {
  const json = withValue(base.json, pointer, 'Grüße 😀 "/" \u0007');
  const text = JSON.stringify(json)
    .replaceAll(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('/', '\\/');
  return { ...base, json, bytes: new TextEncoder().encode(text) };
}

/** Members that are echoed or read by clients, and the requirement of each. */
const roundTrips: readonly (readonly [string, string])[] = [
  ['/groupName', 'post-group-null'],
  ['/payload/rawContent', 'post-text'],
  ['/payload/visualContent/title', 'post-visual-echoed'],
  ['/payload/visualContent/body', 'post-visual-echoed'],
];

const isEmptyAllowed = (schema: unknown): boolean => (numberOf(jsonObjectOf(schema)['minLength']) ?? 0) === 0;

export function roundTripCases(spec: Spec, operation: Operation): readonly Case[] {
  const { operationId } = operation;
  if (operationId !== 'postNotification') return [];
  const schema = bodySchema(operation);
  const schemas = new Map(nodesOf(schema, operation.rules).map((node) => [node.pointer, node.schema]));
  const texts = roundTrips.filter(([pointer]) => schemas.has(pointer));
  return [
    ...texts.map(([pointer, requirement]) =>
      acceptCase({
        id: `${operationId}/body${pointer}/kept`,
        requirement,
        title: `returns ${pointer} exactly as posted`,
        operation,
        about: pointer,
        document: spec.locationOf(schemas.get(pointer)),
        shape: { including: pointer },
        variations: [
          ...[...normalizableTexts, ...(isEmptyAllowed(schemas.get(pointer)) ? [empty] : [])].map(([label, text]) => ({
            label,
            alter: (base: HttpRequest) => ({ ...base, json: withValue(base.json, pointer, text) }),
          })),
          { label: 'escaped characters', alter: (base) => inEscapes(base, pointer) },
        ],
        mismatchOf: async (exchange, now, parts): Promise<Mismatch> =>
          echoMismatch(exchange, now, spec) ?? (await contentMismatch(exchange, parts, spec.match)),
      }),
    ),
    acceptCase({
      id: `${operationId}/answer/members`,
      requirement: 'post-body-members',
      title: 'returns no member that is only for the request',
      operation,
      about: 'the members of the response',
      document: spec.locationOf(schema),
      shape: { isFull: true },
      variations: [
        { label: 'every member', alter: (base) => base },
        { label: 'unknown members too', alter: (base) => ({ ...base, json: { ...jsonObjectOf(base.json), colour: 'red' } }) },
        {
          label: 'an appNotificationId of null',
          alter: (base) => ({ ...base, json: { ...jsonObjectOf(base.json), appNotificationId: null } }),
        },
      ],
      mismatchOf: (exchange) => echoedMembers(exchange)[0],
    }),
  ];
}
