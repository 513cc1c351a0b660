// Collects the findings of checks over a whole run: each violation once, and an outcome for each check's requirement.
import type { Check, CheckContext, FindingSink } from '../../checks/check.ts';
import type { Exchange } from '../../checks/exchange.ts';
import type { Finding } from '../../checks/failure.ts';
import type { Catalogue } from '../../checks/requirement.ts';
import type { CaseInfo, Outcome } from './events.ts';

export interface CheckResults extends FindingSink {
  /** @param caseId the case that caused the exchange */
  record(exchange: Exchange, context: CheckContext, caseId: string): void;
  /** One outcome for each requirement that a check exercised. */
  outcomes(): readonly Outcome[];
}

/** Maximum number of different violations that are reported for one requirement. */
const maxFindings = 20;

/** @param checks by the id of the requirement that each validates */
export function createCheckResults(checks: Readonly<Record<string, Check>>, catalogue: Catalogue): CheckResults {
  const found = new Map<string, Map<string, Finding>>();
  const exercised = new Set<string>();
  const add = (finding: Finding): void => {
    exercised.add(finding.requirement);
    const byFingerprint = found.get(finding.requirement) ?? new Map<string, Finding>();
    found.set(finding.requirement, byFingerprint);
    const fingerprint = finding.fingerprint ?? `${finding.expected} ${finding.got}`;
    if (!byFingerprint.has(fingerprint) && byFingerprint.size < maxFindings) byFingerprint.set(fingerprint, finding);
  };
  return {
    add,
    exercise: (requirement) => exercised.add(requirement),
    record(exchange, context, seenIn) {
      for (const [requirement, check] of Object.entries(checks)) {
        const findings = check(exchange, context);
        if (findings) exercised.add(requirement);
        for (const finding of findings ?? []) add({ ...finding, seenIn });
      }
    },
    outcomes: () =>
      [...exercised].sort().map((id) => {
        const { says, surface, level } = catalogue.get(id);
        const info: CaseInfo = { id: `check/${id}`, requirement: id, title: says, surface, origin: 'check' };
        const findings = [...(found.get(id)?.values() ?? [])];
        return { case: info, kind: findings.length > 0 && level === 'MUST' ? 'fail' : 'pass', findings, durationMs: 0 };
      }),
  };
}
