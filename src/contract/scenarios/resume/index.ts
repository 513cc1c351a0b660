// Scenarios of resuming: from which position a device continues that reconnects, by acknowledgements and cursors.
import type { Case } from '../../case.ts';
import { acknowledgedAtCloseScenarios } from './acknowledged-at-close.ts';
import { acknowledgementScenarios } from './acknowledgement.ts';
import { changedNotificationCursorScenarios } from './cursor-of-changed-notification.ts';
import { deletedNotificationCursorScenarios } from './cursor-of-deleted-notification.ts';
import { otherFeedCursorScenarios } from './cursor-of-other-feed.ts';
import { keptAcknowledgementScenarios } from './kept-acknowledgements.ts';
import { movedUnacknowledgedScenarios } from './moved-unacknowledged.ts';
import { resumeFromCursorScenarios } from './resume-from-cursor.ts';
import { unacknowledgedDeletionScenarios } from './unacknowledged-deletions.ts';

export const resumeCases: readonly Case[] = [
  ...acknowledgementScenarios,
  ...keptAcknowledgementScenarios,
  ...acknowledgedAtCloseScenarios,
  ...resumeFromCursorScenarios,
  ...changedNotificationCursorScenarios,
  ...movedUnacknowledgedScenarios,
  ...deletedNotificationCursorScenarios,
  ...otherFeedCursorScenarios,
  ...unacknowledgedDeletionScenarios,
];
