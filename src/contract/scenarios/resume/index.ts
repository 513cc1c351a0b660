// Scenarios of where a device goes on that comes back: acknowledgements and cursors.
import type { Case } from '../../case.ts';
import { acknowledgedAtCloseScenarios } from './acknowledged-at-close.ts';
import { acknowledgementScenarios } from './acknowledgement.ts';
import { movedPlaceScenarios } from './cursor-of-changed-notification.ts';
import { keptCursorScenarios } from './cursor-of-deleted-notification.ts';
import { foreignCursorScenarios } from './cursor-of-other-feed.ts';
import { keptAcknowledgementScenarios } from './kept-acknowledgements.ts';
import { movedUnacknowledgedScenarios } from './moved-unacknowledged.ts';
import { placeScenarios } from './resume-from-cursor.ts';
import { unacknowledgedDeletionScenarios } from './unacknowledged-deletions.ts';

export const resumeCases: readonly Case[] = [
  ...acknowledgementScenarios,
  ...keptAcknowledgementScenarios,
  ...acknowledgedAtCloseScenarios,
  ...placeScenarios,
  ...movedPlaceScenarios,
  ...movedUnacknowledgedScenarios,
  ...keptCursorScenarios,
  ...foreignCursorScenarios,
  ...unacknowledgedDeletionScenarios,
];
