// Samples of every keyword of a schema: valid and violating values.
import { isJsonObject, type JsonObject, jsonObjectOf, listOf } from '../../values/json.ts';
import { exampleOf, makeBody, numberOf } from './base-body.ts';
import { instantSamples } from './instant-samples.ts';
import { formatValue, type KeywordSamples, type Sample, sample } from './sample.ts';
import { isApplicationName, isFreeText, type SchemaNode, typesOf } from './schema-node.ts';
import { freeTextSamples, lengthSamples } from './text-samples.ts';

/** Samples of the keywords about a single value; `member-variations` has those about the members of an object. */
export function samplesOf({ schema, name, rules, isOptional }: SchemaNode): readonly KeywordSamples[] {
  const isCaseless = rules.ignoresCase || schema['x-case-insensitive'] === true;
  const all = [
    typeSamples(schema, isOptional && rules.dropsNulls),
    enumSamples(schema, isCaseless),
    ...(isCaseless ? caselessSamples(schema) : []),
    loneItemSamples(schema),
    numericTextSamples(schema),
    ...rangeSamples(schema),
    ...(isFreeText(schema) ? [...lengthSamples(schema), freeTextSamples(schema)] : []),
    ...(schema['format'] === 'date-time' ? instantSamples(schema) : []),
    patternSamples(schema),
    ...countSamples(schema),
    itemSamples(schema),
  ].filter((one) => one !== undefined);
  return isApplicationName(name) ? all.map((one) => ofApplication(one, name)) : all;
}

/** A notification must name the application of the subscription. A subscription may name any application, unless the target accepts registered ones only. */
function ofApplication({ keyword, valid, violating }: KeywordSamples, name: string): KeywordSamples {
  const isUsed = name === 'application' && keyword !== 'text';
  const own = (one: Sample): Sample => ({
    label: one.label,
    make: (sampleContext) => (sampleContext.isApplicationGiven ? sampleContext.application : one.make(sampleContext)),
  });
  return { keyword, valid: isUsed ? valid.map(own) : [], violating };
}

/** A value of each JSON type; the text cannot be read as another type. */
const ofType: Readonly<Record<string, readonly Sample[]>> = {
  string: [sample('text')],
  integer: [sample(42)],
  number: [sample(1.5)],
  boolean: [sample(true)],
  object: [sample({ value: 'text' })],
  array: [sample(['text'])],
  null: [sample(null)],
};

/** @param isNullAbsent a null counts as not sent */
function typeSamples(schema: JsonObject, isNullAbsent: boolean): KeywordSamples | undefined {
  const types = typesOf(schema);
  if (types.length === 0) return undefined;
  const isAllowed = (type: string): boolean =>
    types.includes(type) ||
    (type === 'integer' && types.includes('number')) ||
    (type === 'null' && isNullAbsent) ||
    (type === 'string' && (schema['x-numeric-string'] === true || schema['x-lone-item'] === true));
  // A fraction is a separate sample only if an integer is required.
  const isRedundant = (type: string): boolean => type === 'number' && !types.includes('integer');
  return {
    keyword: 'type',
    valid: types.includes('null') ? [sample(null)] : [],
    violating: Object.entries(ofType).flatMap(([type, samples]) => (isAllowed(type) || isRedundant(type) ? [] : samples)),
  };
}

function enumSamples(schema: JsonObject, isCaseless: boolean): KeywordSamples | undefined {
  const values = valuesOf(schema);
  if (values.length === 0) return undefined;
  const texts = values.filter((value) => typeof value === 'string');
  const misspelt = isCaseless ? [] : texts.flatMap((text) => [text.toLowerCase(), text.toUpperCase()]);
  const others = ['', 'Unknown', ...texts.map((text) => `${text}x`), ...misspelt];
  const isOther = (text: string): boolean => !texts.includes(text);
  return {
    keyword: schema['const'] === undefined ? 'enum' : 'const',
    valid: values.map((value) => sample(value)),
    violating: texts.length === 0 ? [sample('Unknown')] : [...new Set(others)].filter(isOther).map((text) => sample(text)),
  };
}

function valuesOf(schema: JsonObject): readonly unknown[] {
  return schema['const'] === undefined ? listOf(schema['enum']) : [schema['const']];
}

function caselessSamples(schema: JsonObject): readonly KeywordSamples[] {
  const texts = valuesOf(schema).filter((value) => typeof value === 'string');
  const spellings = texts.flatMap((text) => [text.toLowerCase(), text.toUpperCase(), alternating(text)]);
  return texts.length === 0 ? [] : [{ keyword: 'case', valid: spellings.map((text) => sample(text)), violating: [] }];
}

function loneItemSamples(schema: JsonObject): KeywordSamples | undefined {
  if (schema['x-lone-item'] !== true) return undefined;
  const values = valuesOf(jsonObjectOf(schema['items']));
  return { keyword: 'x-lone-item', valid: values.map((value) => sample(value)), violating: [] };
}

function alternating(text: string): string {
  return [...text].map((character, index) => (index % 2 === 0 ? character.toLowerCase() : character.toUpperCase())).join('');
}

function numericTextSamples(schema: JsonObject): KeywordSamples | undefined {
  if (schema['x-numeric-string'] !== true) return undefined;
  const numbers = [schema['minimum'], exampleOf(schema), schema['maximum']].filter((value) => typeof value === 'number');
  return {
    keyword: 'x-numeric-string',
    valid: numbers.map((value) => sample(String(value))),
    violating: ['', 'ten', '1.5', '60s', '0x10', 'PT60S'].map((text) => sample(text)),
  };
}

function rangeSamples(schema: JsonObject): readonly KeywordSamples[] {
  const alsoText = (value: number): readonly Sample[] =>
    schema['x-numeric-string'] === true && value >= 0 ? [sample(value), sample(String(value))] : [sample(value)];
  const limits = [
    { keyword: 'minimum', inside: 0, outside: -1, further: -1_000_000 },
    { keyword: 'maximum', inside: 0, outside: 1, further: 9_000_000_000_000 },
    { keyword: 'exclusiveMinimum', inside: 1, outside: 0, further: -1_000_000 },
    { keyword: 'exclusiveMaximum', inside: -1, outside: 0, further: 9_000_000_000_000 },
  ];
  return limits.flatMap(({ keyword, inside, outside, further }) => {
    const limit = numberOf(schema[keyword]);
    if (limit === undefined) return [];
    return [{ keyword, valid: alsoText(limit + inside), violating: [...alsoText(limit + outside), sample(limit + further)] }];
  });
}

function patternSamples(schema: JsonObject): KeywordSamples | undefined {
  if (typeof schema['pattern'] !== 'string') return undefined;
  const pattern = new RegExp(schema['pattern'], 'u');
  const example = exampleOf(schema);
  const tried = ['', ' ', 'text', '???', '0', 'ÄÖÜ'].filter((text) => !pattern.test(text));
  return { keyword: 'pattern', valid: example === undefined ? [] : [sample(example)], violating: tried.map((text) => sample(text)) };
}

function countSamples(schema: JsonObject): readonly KeywordSamples[] {
  const limits = [
    { keyword: 'minItems', outside: -1 },
    { keyword: 'maxItems', outside: 1 },
  ];
  return limits.flatMap(({ keyword, outside }) => {
    const limit = numberOf(schema[keyword]);
    return limit === undefined ? [] : [{ keyword, valid: lists(schema, limit), violating: lists(schema, limit + outside) }];
  });
}

function lists(schema: JsonObject, count: number): readonly Sample[] {
  if (count < 0) return [];
  const items = jsonObjectOf(schema['items']);
  const make: Sample['make'] = (sampleContext) => Array.from({ length: count }, () => makeBody(items, sampleContext));
  return [{ label: count === 1 ? 'one item' : `${count} items`, make }];
}

/** Lists of all values, in both orders and twice, and an invalid item after valid ones. */
function itemSamples(schema: JsonObject): KeywordSamples | undefined {
  const { items } = schema;
  if (!isJsonObject(items)) return undefined;
  const values = valuesOf(items);
  const orders = values.length === 0 || schema['uniqueItems'] === true ? [values] : [values, values.toReversed(), [...values, ...values]];
  return {
    keyword: 'items',
    valid: orders.filter((list) => list.length > 0).map((list) => sample(list)),
    violating:
      values.length === 0 ? [] : [42, null, {}, 'Unknown'].map((bad) => sample([...values, bad], `${formatValue(bad)} after valid items`)),
  };
}
