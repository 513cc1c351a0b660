// Scenarios of the history over HTTP: lists, one notification, states, expiry.
import type { Case } from '../../case.ts';
import { socketCursorScenarios } from './cursor-from-socket.ts';
import { clientExpiryScenarios } from './expiry.ts';
import { clientHistoryScenarios } from './history.ts';
import { listExclusionScenarios } from './list-exclusions.ts';
import { clientNotificationScenarios } from './notification.ts';
import { otherUserScenarios } from './other-users.ts';
import { refusedUpdateScenarios } from './refused-updates.ts';
import { representationScenarios } from './representations.ts';
import { clientStateScenarios } from './states.ts';
import { clientSyncScenarios } from './sync.ts';
import { clientUserScenarios } from './users.ts';

export const historyCases: readonly Case[] = [
  ...otherUserScenarios,
  ...clientHistoryScenarios,
  ...clientSyncScenarios,
  ...clientNotificationScenarios,
  ...clientStateScenarios,
  ...representationScenarios,
  ...listExclusionScenarios,
  ...refusedUpdateScenarios,
  ...clientUserScenarios,
  ...socketCursorScenarios,
  ...clientExpiryScenarios,
];
