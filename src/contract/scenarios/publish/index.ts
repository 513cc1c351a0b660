// Scenarios of posting: ids, and posting again.
import type { Case } from '../../case.ts';
import { postIdScenarios } from './post-ids.ts';
import { clientContentScenarios } from './posting-again.ts';

export const publishCases: readonly Case[] = [...postIdScenarios, ...clientContentScenarios];
