// Scenarios of the history over HTTP: lists, one notification, states, expiry.
import type { Case } from '../../case.ts';
import { sharedCursorScenarios } from './cursor-from-socket.ts';
import { clientExpiryScenarios } from './expiry.ts';
import { clientHistoryScenarios } from './history.ts';
import { clientListedScenarios } from './list-exclusions.ts';
import { clientNotificationScenarios } from './notification.ts';
import { clientForeignScenarios } from './other-users.ts';
import { clientUpdateScenarios } from './refused-updates.ts';
import { clientToldScenarios } from './representations.ts';
import { clientStateScenarios } from './states.ts';
import { clientSyncScenarios } from './sync.ts';
import { clientUserScenarios } from './users.ts';

export const historyCases: readonly Case[] = [
  ...clientForeignScenarios,
  ...clientHistoryScenarios,
  ...clientSyncScenarios,
  ...clientNotificationScenarios,
  ...clientStateScenarios,
  ...clientToldScenarios,
  ...clientListedScenarios,
  ...clientUpdateScenarios,
  ...clientUserScenarios,
  ...sharedCursorScenarios,
  ...clientExpiryScenarios,
];
