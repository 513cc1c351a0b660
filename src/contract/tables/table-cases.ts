// Cases from the tables in fixtures/cases, which the emulator's own tests read too.
import type { Case } from '../case.ts';

export async function tableCases(): Promise<readonly Case[]> {
  return [];
}
