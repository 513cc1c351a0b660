// How a case says that the target is wrong, that it cannot judge, or that the suite itself failed.
import type { Exchange } from './exchange.ts';

/** What happened at a device, in order; told where no single exchange shows the fault. */
export interface TranscriptLine {
  /** Milliseconds since the case began. */
  readonly atMs: number;
  /** Who: `adele/iOS`, `app server`. */
  readonly who: string;
  readonly what: string;
}

export interface Finding {
  /** Id in the catalogue. */
  readonly requirement: string;
  readonly expected: string;
  readonly got: string;
  /** The request that shows it. */
  readonly exchange?: Exchange;
  readonly transcript?: readonly TranscriptLine[];
  /** Where in the documents it is written: `notifications.yaml#/components/schemas/…`. */
  readonly document?: string;
  /** Id of the case whose answer showed it, where a check found it. */
  readonly seenIn?: string;
  /** The same fault has the same mark: told once. */
  readonly fingerprint?: string;
}

/** The target breaks a requirement. */
export class ContractFailure extends Error {
  override readonly name = 'ContractFailure';
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(`${finding.requirement}: expected ${finding.expected}, got ${finding.got}`);
    this.finding = finding;
  }
}

/** The case cannot be judged on this target, and why. */
export class CaseSkipped extends Error {
  override readonly name = 'CaseSkipped';
}
