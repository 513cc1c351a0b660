// Values that a schema allows or forbids; they are made when a case runs, because dates depend on the target's clock.

export interface SampleContext {
  /** Milliseconds since 1970, by the target's clock. */
  readonly now: number;
  readonly application: string;
  /** The application is given, and the target may know no other. */
  readonly isApplicationGiven: boolean;
  /** A name that no other case uses. */
  name(hint: string): string;
}

export interface Sample {
  /** Short description for failures. */
  readonly label: string;
  readonly make: (sampleContext: SampleContext) => unknown;
}

/** Samples of one keyword of one schema. */
export interface KeywordSamples {
  readonly keyword: string;
  readonly valid: readonly Sample[];
  readonly violating: readonly Sample[];
}

export function sample(value: unknown, label = formatValue(value)): Sample {
  return { label, make: () => value };
}

export function formatValue(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 40)}… (${text.length} characters)` : text;
}
