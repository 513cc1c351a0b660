// Makes bodies at random of all the valid values that a schema's keywords give; the same number gives the same body.
import type { JsonObject } from '../../documents/json.ts';
import { createRandom } from '../engine/random.ts';
import { makeValue } from './base-body.ts';
import { samplesOf } from './keyword-samples.ts';
import type { SampleContext } from './sample.ts';
import { alternativesOf, isApplicationName, propertiesOf, requiredOf, typesOf } from './schema-node.ts';

export function randomBody(schema: JsonObject, world: SampleContext, number: number): unknown {
  return drawn({ schema, name: '', world, random: createRandom(number, 'mixed') });
}

interface DrawParts {
  readonly schema: JsonObject;
  readonly name: string;
  readonly world: SampleContext;
  readonly random: () => number;
}

function drawn(parts: DrawParts): unknown {
  const { schema, name, world, random } = parts;
  if (isApplicationName(name)) return world.application;
  if (schema['properties'] !== undefined) return drawnMembers(parts);
  const valid = samplesOf({ pointer: '', name, schema }).flatMap((one) => one.valid);
  // Ids stay the case's own, so that one body does not update another.
  const isOwn = typesOf(schema).includes('string') && /Id$/.test(name);
  const chosen = isOwn ? undefined : valid[Math.floor(random() * valid.length)];
  return chosen ? chosen.make(world) : makeValue({ schema, name, world, isFull: true, including: [] });
}

function drawnMembers({ schema, world, random }: DrawParts): unknown {
  const wanted = new Set(requiredOf(schema));
  const alternatives = alternativesOf(schema);
  for (const name of alternatives[Math.floor(random() * alternatives.length)] ?? []) wanted.add(name);
  const members: [string, unknown][] = [];
  for (const [name, member] of propertiesOf(schema)) {
    if (member['not'] !== undefined || !(wanted.has(name) || random() < 0.5)) continue;
    members.push([name, drawn({ schema: member, name, world, random })]);
  }
  if (random() < 0.3) members.push(['colour', random() < 0.5 ? 'red' : { of: ['many'] }]);
  // The order of members means nothing.
  return Object.fromEntries(random() < 0.5 ? members : members.toReversed());
}
