// Cases of what comes back as it was posted: texts that services like to tidy up, and nothing beside what is documented.
import type { HttpRequest } from '../../checks/exchange.ts';
import { withValue } from '../../checks/json-pointer.ts';
import { echoedMembers } from '../../checks/post-body.ts';
import { jsonObjectOf } from '../../documents/json.ts';
import type { Operation } from '../../documents/operation.ts';
import type { Spec } from '../../documents/spec.ts';
import type { Case } from '../case.ts';
import { numberOf } from './base-body.ts';
import { bodySchema } from './base-request.ts';
import { contentMismatch, echoMismatch } from './echo.ts';
import { nodesOf } from './schema-node.ts';
import { acceptCase, type Mismatch } from './trial.ts';

/** Each the same as another one to somebody who tidies up: spaces, letter case, forms of Unicode, escapes. */
const untrimmed: readonly (readonly [string, string])[] = [
  ['spaces around', '  two before, two after  '],
  ['line breaks around', '\r\n\tHello\n'],
  ['spaces inside', 'a  b   c'],
  ['letters of both cases', 'MiXeD CaSe ÄÖÜ äöü İı ß'],
  ['composed and decomposed letters', 'caf\u00e9 cafe\u0301'],
  ['full-width letters and ligatures', '\uff21\uff22\uff23 \ufb01 \u00bd'],
  ['spaces that are none', '\u00a0no break\u2003wide\u3000'],
  ['escapes', '%20 + &amp; &#65; \\n \\u0041'],
  ['a number', '007.50'],
  ['JSON with spaces', '{ "b": 1,  "a": [ ] }'],
];
/** Where the schema allows it. */
const empty: (typeof untrimmed)[number] = ['nothing', ''];

/** JSON has more than one way to write a character; what is read is the same. */
function inEscapes(base: HttpRequest, pointer: string): HttpRequest {
  const json = withValue(base.json, pointer, 'Grüße 😀 "/" \u0007');
  const text = JSON.stringify(json)
    .replaceAll(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('/', '\\/');
  return { ...base, json, bytes: new TextEncoder().encode(text) };
}

/** What is echoed, or read by clients, and what says so. */
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
  const places = new Map(nodesOf(schema).map((node) => [node.pointer, node.schema]));
  const texts = roundTrips.filter(([pointer]) => places.has(pointer));
  return [
    ...texts.map(([pointer, requirement]) =>
      acceptCase({
        id: `${operationId}/body${pointer}/kept`,
        requirement,
        title: `keeps ${pointer} to the letter`,
        operation,
        about: pointer,
        document: spec.locationOf(places.get(pointer)),
        shape: { including: pointer },
        variations: [
          ...[...untrimmed, ...(isEmptyAllowed(places.get(pointer)) ? [empty] : [])].map(([label, text]) => ({
            label,
            alter: (base: HttpRequest) => ({ ...base, json: withValue(base.json, pointer, text) }),
          })),
          { label: 'characters in escapes', alter: (base) => inEscapes(base, pointer) },
        ],
        breach: async (exchange, now, place): Promise<Mismatch> =>
          echoMismatch(exchange, now, spec) ?? (await contentMismatch(exchange, place, spec.match)),
      }),
    ),
    acceptCase({
      id: `${operationId}/answer/members`,
      requirement: 'post-body-members',
      title: 'answers none of what was only asked for',
      operation,
      about: 'the members of the answer',
      document: spec.locationOf(schema),
      shape: { isFull: true },
      variations: [
        { label: 'every member', alter: (base) => base },
        { label: 'members that nobody knows too', alter: (base) => ({ ...base, json: { ...jsonObjectOf(base.json), colour: 'red' } }) },
        {
          label: 'an appNotificationId of null',
          alter: (base) => ({ ...base, json: { ...jsonObjectOf(base.json), appNotificationId: null } }),
        },
      ],
      breach: (exchange) => echoedMembers(exchange)[0],
    }),
  ];
}
