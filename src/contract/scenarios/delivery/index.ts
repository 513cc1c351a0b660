// Scenarios of delivery: which devices get which messages, in which order, how often.
import type { Case } from '../../case.ts';
import { catchUpScenarios } from './catch-up.ts';
import { changedContentScenarios } from './changed-content.ts';
import { changeScenarios } from './changes.ts';
import { everyMessageScenarios } from './every-message.ts';
import { deviceExpiryScenarios } from './expiry.ts';
import { fanOutScenarios } from './fan-out.ts';
import { firstMeantScenarios } from './first-meant.ts';
import { largeMessageScenarios } from './large-messages.ts';
import { noDuplicateScenarios } from './no-duplicates.ts';
import { orderScenarios } from './order.ts';
import { originExcludedScenarios } from './origin-excluded.ts';
import { targetingScenarios } from './targeting.ts';

/** Long scenarios come first. */
export const deliveryCases: readonly Case[] = [
  ...noDuplicateScenarios,
  ...orderScenarios,
  ...originExcludedScenarios,
  ...fanOutScenarios,
  ...targetingScenarios,
  ...changeScenarios,
  ...changedContentScenarios,
  ...catchUpScenarios,
  ...firstMeantScenarios,
  ...everyMessageScenarios,
  ...largeMessageScenarios,
  ...deviceExpiryScenarios,
];
