// Scenarios of posting: ids, and posting again.
import type { Case } from '../../case.ts';
import { postIdScenarios } from './post-ids.ts';
import { postingAgainScenarios } from './posting-again.ts';

export const publishCases: readonly Case[] = [...postIdScenarios, ...postingAgainScenarios];
