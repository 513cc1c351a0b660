// Findings, and the errors with which a case reports that the target violates a requirement or that the case cannot run.
import type { Exchange } from './exchange.ts';

/** One event at a device; a transcript is reported where no single exchange shows the violation. */
export interface TranscriptLine {
  /** Milliseconds since the case began. */
  readonly atMs: number;
  /** The actor: `adele/iOS`, `app server`. */
  readonly who: string;
  readonly what: string;
}

export interface Finding {
  /** Id in the catalogue of requirements. */
  readonly requirement: string;
  readonly expected: string;
  readonly got: string;
  /** The exchange that shows the violation. */
  readonly exchange?: Exchange;
  readonly transcript?: readonly TranscriptLine[];
  /** Location in the documents: `notifications.yaml#/components/schemas/…`. */
  readonly document?: string;
  /** For findings of checks: id of the case whose response showed it. */
  readonly seenIn?: string;
  /** Violations of one cause have the same fingerprint, and are reported once. */
  readonly fingerprint?: string;
}

/** The target violates a requirement. */
export class ContractFailure extends Error {
  override readonly name = 'ContractFailure';
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(`${finding.requirement}: expected ${finding.expected}, got ${finding.got}`);
    this.finding = finding;
  }
}

/** The case cannot run on this target; the message states why. */
export class CaseSkipped extends Error {
  override readonly name = 'CaseSkipped';
}
