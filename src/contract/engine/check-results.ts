// Keeps what the checks find over a whole run: each breach told once, each check's requirement with an outcome of its own.
import type { Check, CheckContext, FindingSink } from '../../checks/check.ts';
import type { Exchange } from '../../checks/exchange.ts';
import type { Finding } from '../../checks/failure.ts';
import type { Catalogue } from '../../checks/requirement.ts';
import type { CaseInfo, Outcome } from './events.ts';

export interface CheckResults extends FindingSink {
  /** @param caseId whose answer it is */
  record(exchange: Exchange, context: CheckContext, caseId: string): void;
  /** One for each requirement that checks look after and that was exercised. */
  outcomes(): readonly Outcome[];
}

/** So many different breaches of one requirement are told. */
const maxFindings = 20;

/** @param checks by the requirement each looks after */
export function createCheckResults(checks: Readonly<Record<string, Check>>, catalogue: Catalogue): CheckResults {
  const found = new Map<string, Map<string, Finding>>();
  const exercised = new Set<string>();
  const add = (finding: Finding): void => {
    exercised.add(finding.requirement);
    const marks = found.get(finding.requirement) ?? new Map<string, Finding>();
    found.set(finding.requirement, marks);
    const fingerprint = finding.fingerprint ?? `${finding.expected} ${finding.got}`;
    if (!marks.has(fingerprint) && marks.size < maxFindings) marks.set(fingerprint, finding);
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
