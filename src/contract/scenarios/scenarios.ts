// Cases in code, for what needs several steps or devices.
import type { Case } from '../case.ts';
import { acknowledgedAtCloseScenarios } from './acknowledged-at-close.ts';
import { acknowledgementScenarios } from './acknowledgement.ts';
import { changedContentScenarios } from './changed-content.ts';
import { changeScenarios } from './changes.ts';
import { clientContentScenarios } from './client-content.ts';
import { clientExpiryScenarios } from './client-expiry.ts';
import { clientForeignScenarios } from './client-foreign.ts';
import { clientHistoryScenarios } from './client-history.ts';
import { clientListedScenarios } from './client-listed.ts';
import { clientNotificationScenarios } from './client-notification.ts';
import { clientRenewalScenarios } from './client-renewal.ts';
import { clientStateScenarios } from './client-states.ts';
import { clientSubscriptionScenarios } from './client-subscriptions.ts';
import { clientSyncScenarios } from './client-sync.ts';
import { clientToldScenarios } from './client-told.ts';
import { clientUpdateScenarios } from './client-updates.ts';
import { clientUserScenarios } from './client-users.ts';
import { everyMessageScenarios } from './every-message.ts';
import { deviceExpiryScenarios } from './expiry-devices.ts';
import { fallbackScenarios } from './fallback.ts';
import { fallbackAbsentScenarios } from './fallback-absent.ts';
import { fallbackAgainScenarios } from './fallback-again.ts';
import { fallbackEachScenarios } from './fallback-each.ts';
import { fanOutScenarios } from './fan-out.ts';
import { firstMeantScenarios } from './first-meant.ts';
import { foreignCursorScenarios } from './foreign-cursors.ts';
import { handshakeScenarios } from './handshakes.ts';
import { heartbeatScenarios } from './heartbeats.ts';
import { keptAcknowledgementScenarios } from './kept-acknowledgements.ts';
import { keptCursorScenarios } from './kept-cursors.ts';
import { largeMessageScenarios } from './large-messages.ts';
import { missedScenarios } from './missed.ts';
import { movedPlaceScenarios } from './moved-places.ts';
import { movedUnacknowledgedScenarios } from './moved-unacknowledged.ts';
import { onceScenarios } from './once.ts';
import { orderScenarios } from './order.ts';
import { ownChangeScenarios } from './own-changes.ts';
import { placeScenarios } from './places.ts';
import { postIdScenarios } from './post-ids.ts';
import { replacementScenarios } from './replacement.ts';
import { sharedCursorScenarios } from './shared-cursors.ts';
import { socketFlowScenarios } from './socket-flow.ts';
import { socketLimitScenarios } from './socket-limits.ts';
import { socketMessageScenarios } from './socket-messages.ts';
import { spelledApplicationScenarios } from './spelled-applications.ts';
import { subscribedAgainScenarios } from './subscribed-again.ts';
import { targetingScenarios } from './targeting.ts';
import { unacknowledgedDeletionScenarios } from './unacknowledged-deletions.ts';

/** What takes long comes first of what runs together, so that nobody waits for it in the end. */
export const scenarioCases: readonly Case[] = [
  ...heartbeatScenarios,
  ...socketFlowScenarios,
  ...onceScenarios,
  ...orderScenarios,
  ...ownChangeScenarios,
  ...postIdScenarios,
  ...clientSubscriptionScenarios,
  ...clientForeignScenarios,
  ...clientHistoryScenarios,
  ...clientSyncScenarios,
  ...clientNotificationScenarios,
  ...clientStateScenarios,
  ...clientContentScenarios,
  ...clientToldScenarios,
  ...clientListedScenarios,
  ...clientRenewalScenarios,
  ...clientUpdateScenarios,
  ...clientUserScenarios,
  ...sharedCursorScenarios,
  ...fanOutScenarios,
  ...spelledApplicationScenarios,
  ...targetingScenarios,
  ...subscribedAgainScenarios,
  ...changeScenarios,
  ...changedContentScenarios,
  ...acknowledgementScenarios,
  ...keptAcknowledgementScenarios,
  ...acknowledgedAtCloseScenarios,
  ...placeScenarios,
  ...movedPlaceScenarios,
  ...movedUnacknowledgedScenarios,
  ...keptCursorScenarios,
  ...foreignCursorScenarios,
  ...missedScenarios,
  ...unacknowledgedDeletionScenarios,
  ...firstMeantScenarios,
  ...handshakeScenarios,
  ...everyMessageScenarios,
  ...socketMessageScenarios,
  ...socketLimitScenarios,
  ...largeMessageScenarios,
  ...replacementScenarios,
  ...clientExpiryScenarios,
  ...deviceExpiryScenarios,
  ...fallbackScenarios,
  ...fallbackEachScenarios,
  ...fallbackAbsentScenarios,
  ...fallbackAgainScenarios,
];
