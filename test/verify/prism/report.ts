// Reports in a table how often Prism and the suite disagreed, by explanation, and what Prism did not get to see.
import { type Disagreement, isRefused, type Seen } from './disagreements.ts';
import type { Explanation, Hindrance, Table } from './explanations.ts';
import { testimonyOf } from './witness.ts';

export interface DisagreementsReport {
  readonly table: Table;
  readonly seen: readonly Seen[];
  readonly caseIds: readonly string[];
  readonly disagreements: readonly { readonly one: Disagreement; readonly explanation: Explanation | undefined }[];
  readonly withheld: readonly { readonly one: Seen; readonly hindrance: Hindrance | undefined }[];
}

export function disagreementsTable({ table, seen, caseIds, disagreements, withheld }: DisagreementsReport): string {
  const times = (ids: readonly (string | undefined)[], id: string) => ids.filter((one) => one === id).length;
  const explained = disagreements.map(({ explanation }) => explanation?.id);
  const hindered = withheld.map(({ hindrance }) => hindrance?.id);
  const hiddenCases = new Set(withheld.map(({ one }) => one.caseId)).size;
  const judged = seen.filter(({ exchange }) => !('withheld' in testimonyOf(exchange)));
  const refused = judged.filter(isRefused).length;
  const silent = disagreements.filter(({ one }) => one.prism === 'nothing').length;
  return [
    `${caseIds.length} generated cases, ${caseIds.length - hiddenCases} of them seen by Prism whole; ${seen.length} exchanges, ${judged.length} seen`,
    `(${refused} of them refused, ${refused - silent} of these also by Prism), ${withheld.length} in ${hiddenCases} cases withheld; ${disagreements.length} disagreements`,
    ...table.disagreements.map(({ id }) => `| ${id} | ${times(explained, id)} |`),
    ...table.withheld.map(({ id }) => `| withheld: ${id} | ${times(hindered, id)} |`),
  ].join('\n');
}
