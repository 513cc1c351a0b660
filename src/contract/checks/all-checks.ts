// Every check, by the requirement it looks after.
import type { Check } from '../check.ts';

export const answerChecks: Readonly<Record<string, Check>> = {};
