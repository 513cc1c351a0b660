// Samples of instants: valid and invalid forms of ISO 8601, and limits of how far ahead they may be.
import { durationMs, durationText } from '../../documents/iso-duration.ts';
import { type JsonObject, textOf } from '../../values/json.ts';
import type { KeywordSamples, Sample } from './sample.ts';

const dayMs = 86_400_000;
const offsets = ['+00:00', '+05:30', '-08:00', '+14:00', '-12:00'];

const at = (label: string, make: (now: number) => string): Sample => ({ label, make: ({ now }) => make(now) });
const utc = (ms: number): string => new Date(ms).toISOString();
/** In whole seconds, without an offset. */
const bare = (ms: number): string => utc(ms).slice(0, 19);

/** The same instant, written with this offset. */
function withOffset(ms: number, offset: string): string {
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  const shift = (hours * 60 + minutes) * 60_000 * (offset.startsWith('-') ? -1 : 1);
  return `${bare(ms + shift)}${offset}`;
}

export function instantSamples(schema: JsonObject): readonly KeywordSamples[] {
  return [formSamples, minuteSamples, futureSamples, limitSamples].flatMap((samples) => samples(schema) ?? []);
}

function formSamples(): KeywordSamples {
  const near = (now: number): number => now + dayMs;
  return {
    keyword: 'format',
    valid: [
      at('in UTC', (now) => utc(near(now))),
      at('in whole seconds', (now) => `${bare(near(now))}Z`),
      at('with one digit of a second', (now) => `${bare(near(now))}.5Z`),
      at('with seven digits of a second', (now) => `${bare(near(now))}.1234567Z`),
      ...offsets.map((offset) => at(`with the offset ${offset}`, (now) => withOffset(near(now), offset))),
    ],
    violating: [
      at('words', () => 'tomorrow'),
      at('nothing', () => ''),
      at('a date alone', (now) => utc(near(now)).slice(0, 10)),
      at('without an offset', (now) => bare(near(now))),
      at('milliseconds in text', (now) => String(near(now))),
      at('month 13', (now) => `${utc(near(now)).slice(0, 5)}13${utc(near(now)).slice(7)}`),
      at('hour 25', (now) => `${utc(near(now)).slice(0, 11)}25${utc(near(now)).slice(13)}`),
      at('in the German date format', (now) => utc(near(now)).slice(0, 10).split('-').reverse().join('.')),
    ],
  };
}

function minuteSamples(schema: JsonObject): KeywordSamples | undefined {
  if (schema['x-seconds-optional'] !== true) return undefined;
  const minutes = (now: number): string => utc(now + dayMs).slice(0, 16);
  const valid = [
    at('in whole minutes', (now) => `${minutes(now)}Z`),
    at('in whole minutes with an offset', (now) => `${minutes(now)}+00:00`),
  ];
  return { keyword: 'x-seconds-optional', valid, violating: [] };
}

/** Samples keep a distance from the limit, since requests take time and clocks differ. */
function futureSamples(schema: JsonObject): KeywordSamples | undefined {
  if (schema['x-future'] !== true) return undefined;
  const ahead = (label: string, ms: number): Sample => at(label, (now) => utc(now + ms));
  return {
    keyword: 'x-future',
    valid: [ahead('a minute ahead', 60_000), ahead('an hour ahead', 3_600_000)],
    violating: [
      ahead('a minute ago', -60_000),
      ahead('a day ago', -dayMs),
      at('fifty years ago', () => '1970-01-01T00:00:00Z'),
      at('an hour ago in the offset +14:00', (now) => withOffset(now - 3_600_000, '+14:00')),
    ],
  };
}

function limitSamples(schema: JsonObject): KeywordSamples | undefined {
  const duration = textOf(schema['x-max-ahead']) ?? '';
  const maxMs = durationMs(duration);
  if (maxMs === undefined) return undefined;
  const past = (label: string, ms: number): Sample => at(`${label} ${durationText(duration)}`, (now) => utc(now + maxMs + ms));
  return {
    keyword: 'x-max-ahead',
    valid: [
      past('a minute less than', -60_000),
      at(`an hour less than ${durationText(duration)} in the offset +14:00`, (now) => withOffset(now + maxMs - 3_600_000, '+14:00')),
    ],
    violating: [
      past('an hour more than', 3_600_000),
      past('a day more than', dayMs),
      past('a year more than', 365 * dayMs),
      at(`an hour more than ${durationText(duration)} in the offset -12:00`, (now) => withOffset(now + maxMs + 3_600_000, '-12:00')),
    ],
  };
}
