// Scenarios of subscriptions: making, renewing and ending them.
import type { Case } from '../../case.ts';
import { applicationCaseScenarios } from './application-case.ts';
import { clientRenewalScenarios } from './renewal.ts';
import { resubscribeScenarios } from './resubscribe.ts';
import { clientSubscriptionScenarios } from './subscriptions.ts';

export const subscriptionsCases: readonly Case[] = [
  ...clientSubscriptionScenarios,
  ...clientRenewalScenarios,
  ...applicationCaseScenarios,
  ...resubscribeScenarios,
];
