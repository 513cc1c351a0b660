// Configures the JSON Schema validator: draft 2020-12, formats, and the documents' own keywords.
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { durationMs } from './iso-duration.ts';

/** The `this` of compiled validators. */
export interface ValidationContext {
  /** Milliseconds since the epoch, by the service clock. */
  readonly now: number;
}

/** Keywords for readers, generators or other modules, without meaning for validation. */
const annotations = [
  'x-source',
  'x-mark',
  'x-level',
  'x-default-ahead',
  'x-lifetime',
  'x-violation',
  'x-case-insensitive',
  'x-numeric-string',
  'x-lone-item',
  'x-made-by-service',
  'x-seconds-optional',
  'discriminator',
  'example',
  'xml',
  'externalDocs',
];

export interface AjvKind {
  /** Report all errors, or only the first. */
  readonly allErrors: boolean;
  /** Check schemas against the meta-schema. Not needed for shipped schemas, which are linted in the build. */
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
    // Optimising the generated code takes a quarter of the time of a compilation, and what it removes costs nothing at run time.
    code: { optimize: false },
  });
  addFormats.default(ajv);
  ajv.addVocabulary(annotations);
  ajv.addKeyword({ keyword: 'x-future', type: 'string', schemaType: 'boolean', compile: after });
  ajv.addKeyword({ keyword: 'x-max-ahead', type: 'string', schemaType: 'string', compile: aheadAtMost });
  return ajv;
}

/** OpenAPI allows any `x-` keyword; unknown ones are ignored. */
export function allowExtensionKeyword(ajv: Ajv2020, keyword: string): void {
  if (keyword.startsWith('x-') && !ajv.RULES.keywords[keyword]) ajv.addKeyword(keyword);
}

/** An instant that Date.parse does not accept (a leap second) is a violation. */
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
