// Samples of text: what people and programs write, and lengths at the limits.
import type { JsonObject } from '../../documents/json.ts';
import { numberOf } from './base-body.ts';
import { type KeywordSamples, type Sample, sample } from './sample.ts';

const anyText: readonly Sample[] = [
  sample('Ünïcode: Grüße, 你好, مرحبا, שלום, नमस्ते', 'letters of many scripts'),
  sample('👩‍👩‍👧‍👦 🏳️‍🌈 𝒳 🇩🇪', 'emoji and characters beyond 16 bits'),
  sample('e\u0301 \u202eright to left\u202c \u200b', 'combining and invisible characters'),
  sample('first line\nsecond line\r\n\ttabbed', 'line breaks and tabs'),
  sample('"quotes" \\ backslash \\u0041 </script> <b>&amp;</b>', 'what other languages read as their own'),
  sample('{"json":[1,2,3]}', 'JSON in text'),
  sample('0042', 'digits'),
  sample('null', 'the word null'),
  sample("'; DROP TABLE notifications; --", 'what databases read as their own'),
  sample('#{7*7} {{7*7}} %s %00', 'what templates read as their own'),
];

const longest = 60_000;

/** Beside the keywords: text of any kind is as good as any. */
export function freeTextSamples(schema: JsonObject): KeywordSamples {
  const most = numberOf(schema['maxLength']) ?? longest;
  const isFit = (one: Sample): boolean =>
    String(one.make({ now: 0, application: '', isApplicationGiven: false, name: String })).length <= most;
  return {
    keyword: 'text',
    valid: [...anyText.filter(isFit), ...(most >= longest ? [long(longest), long(longest, 'ü')] : [])],
    violating: [],
  };
}

export function lengthSamples(schema: JsonObject): readonly KeywordSamples[] {
  const least = numberOf(schema['minLength']);
  const most = numberOf(schema['maxLength']);
  const found: KeywordSamples[] = [];
  if (least !== undefined) {
    found.push({ keyword: 'minLength', valid: [long(Math.max(1, least))], violating: least > 0 ? [long(least - 1)] : [] });
  }
  if (most !== undefined) found.push({ keyword: 'maxLength', valid: [long(most)], violating: [long(most + 1), long(most * 4)] });
  return found;
}

function long(count: number, character = 'x'): Sample {
  return sample(
    character.repeat(count),
    count === 0 ? 'empty text' : `text of ${count} ${character === 'x' ? '' : `times ${character} as `}characters`,
  );
}
