// Makes random bodies from the valid values of a schema's keywords; the same number gives the same body.

import type { RequestRules } from '../../documents/request-rules.ts';
import type { JsonObject } from '../../values/json.ts';
import { createRandom } from '../../values/random.ts';
import { makeValue } from './base-body.ts';
import { samplesOf } from './keyword-samples.ts';
import type { SampleContext } from './sample.ts';
import { alternativesOf, isApplicationName, propertiesOf, requiredOf, type SchemaNode, typesOf } from './schema-node.ts';

export function randomBody({ schema, rules }: Pick<SchemaNode, 'schema' | 'rules'>, sampleContext: SampleContext, number: number): unknown {
  return drawn({ schema, rules, name: '', sampleContext, random: createRandom(number, 'mixed') });
}

interface DrawParts {
  readonly schema: JsonObject;
  readonly rules: RequestRules;
  readonly name: string;
  readonly sampleContext: SampleContext;
  readonly random: () => number;
}

function drawn(parts: DrawParts): unknown {
  const { schema, rules, name, sampleContext, random } = parts;
  if (isApplicationName(name)) return sampleContext.application;
  if (schema['properties'] !== undefined) return drawnMembers(parts);
  const valid = samplesOf({ pointer: '', name, schema, rules, isOptional: false }).flatMap((one) => one.valid);
  // Ids are unique for each case, so that one body does not update another notification.
  const isOwn = typesOf(schema).includes('string') && /Id$/.test(name);
  const chosen = isOwn ? undefined : valid[Math.floor(random() * valid.length)];
  return chosen ? chosen.make(sampleContext) : makeValue({ schema, name, sampleContext, isFull: true, including: [] });
}

function drawnMembers({ schema, rules, sampleContext, random }: DrawParts): unknown {
  const wanted = new Set(requiredOf(schema));
  const alternatives = alternativesOf(schema);
  for (const name of alternatives[Math.floor(random() * alternatives.length)] ?? []) wanted.add(name);
  const members: [string, unknown][] = [];
  for (const [name, member] of propertiesOf(schema)) {
    if (member['not'] !== undefined || !(wanted.has(name) || random() < 0.5)) continue;
    members.push([name, drawn({ schema: member, rules, name, sampleContext, random })]);
  }
  if (random() < 0.3) members.push(['colour', random() < 0.5 ? 'red' : { of: ['many'] }]);
  // The order of members must not matter.
  return Object.fromEntries(random() < 0.5 ? members : members.toReversed());
}
