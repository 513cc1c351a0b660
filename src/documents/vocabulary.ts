// Makes the JSON Schema validators: 2020-12, formats, and what the documents' own keywords mean.
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { durationMs } from './iso-duration.ts';

/** What validators are called with as `this`. */
export interface ValidationContext {
  /** Milliseconds since the epoch, by the service clock. */
  readonly now: number;
}

/** Keywords that say something to people, generators or other parts, and nothing to a validator. */
const annotations = [
  'x-source',
  'x-level',
  'x-default-ahead',
  'x-lifetime',
  'x-violation',
  'x-case-insensitive',
  'x-numeric-string',
  'discriminator',
  'example',
  'xml',
  'externalDocs',
];

export interface AjvKind {
  /** All faults, or only the first. */
  readonly allErrors: boolean;
  /** Schemas are checked against the meta-schema first; the shipped ones are linted instead. */
  readonly checksSchemas: boolean;
}

export function createAjv({ allErrors, checksSchemas }: AjvKind): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors,
    meta: checksSchemas,
    validateSchema: checksSchemas,
    addUsedSchema: false,
    strict: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    verbose: true,
    ownProperties: true,
    passContext: true,
    logger: false,
  });
  addFormats.default(ajv);
  ajv.addVocabulary(annotations);
  ajv.addKeyword({ keyword: 'x-future', type: 'string', schemaType: 'boolean', compile: after });
  ajv.addKeyword({ keyword: 'x-max-ahead', type: 'string', schemaType: 'string', compile: aheadAtMost });
  return ajv;
}

/** Other `x-` keywords of a document are let be, as OpenAPI says. */
export function allowExtensionKeyword(ajv: Ajv2020, keyword: string): void {
  if (keyword.startsWith('x-') && !ajv.RULES.keywords[keyword]) ajv.addKeyword(keyword);
}

/** An instant that cannot be read (a leap second) is not after now: it is a fault, never a crash. */
function after(isOn: boolean) {
  return function isAfterNow(this: ValidationContext, text: string): boolean {
    return !isOn || Date.parse(text) > this.now;
  };
}

function aheadAtMost(duration: string) {
  const maxMs = durationMs(duration);
  if (maxMs === undefined) throw new Error(`x-max-ahead: '${duration}' is not a duration of days, hours, minutes and seconds`);
  return function isWithinMax(this: ValidationContext, text: string): boolean {
    return Date.parse(text) - this.now <= maxMs;
  };
}
