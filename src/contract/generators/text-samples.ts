// Samples of text: what people and programs write, and lengths at the limits.
import type { JsonObject } from '../../values/json.ts';
import { numberOf } from './base-body.ts';
import { type KeywordSamples, type Sample, sample } from './sample.ts';

const anyText: readonly Sample[] = [
  sample('Ünïcode: Grüße, 你好, مرحبا, שלום, नमस्ते', 'letters of many scripts'),
  sample('👩‍👩‍👧‍👦 🏳️‍🌈 𝒳 🇩🇪', 'emoji and characters beyond 16 bits'),
  sample('e\u0301 \u202eright to left\u202c \u200b', 'combining and invisible characters'),
  sample('first line\nsecond line\r\n\ttabbed', 'line breaks and tabs'),
  sample('"quotes" \\ backslash \\u0041 </script> <b>&amp;</b>', 'characters that other languages interpret'),
  sample('{"json":[1,2,3]}', 'JSON in text'),
  sample('0042', 'digits'),
  sample('null', 'the word null'),
  sample("'; DROP TABLE notifications; --", 'an SQL injection'),
  sample('#{7*7} {{7*7}} %s %00', 'template expressions'),
];

const maxSampleLength = 60_000;

/** Text without further keywords: every text is valid. */
export function freeTextSamples(schema: JsonObject): KeywordSamples {
  const maxLength = numberOf(schema['maxLength']) ?? maxSampleLength;
  const isFit = (one: Sample): boolean =>
    String(one.make({ now: 0, application: '', isApplicationGiven: false, name: String })).length <= maxLength;
  return {
    keyword: 'text',
    valid: [...anyText.filter(isFit), ...(maxLength >= maxSampleLength ? [long(maxSampleLength), long(maxSampleLength, 'ü')] : [])],
    violating: [],
  };
}

export function lengthSamples(schema: JsonObject): readonly KeywordSamples[] {
  const minLength = numberOf(schema['minLength']);
  const maxLength = numberOf(schema['maxLength']);
  const found: KeywordSamples[] = [];
  if (minLength !== undefined) {
    found.push({ keyword: 'minLength', valid: [long(Math.max(1, minLength))], violating: minLength > 0 ? [long(minLength - 1)] : [] });
  }
  if (maxLength !== undefined)
    found.push({ keyword: 'maxLength', valid: [long(maxLength)], violating: [long(maxLength + 1), long(maxLength * 4)] });
  return found;
}

function long(count: number, character = 'x'): Sample {
  return sample(
    character.repeat(count),
    count === 0 ? 'empty text' : `text of ${count} ${character === 'x' ? '' : `times ${character} as `}characters`,
  );
}
