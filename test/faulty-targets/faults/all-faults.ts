// All faulty targets, in the order of the surfaces in the catalogue of requirements.
import { acknowledgement } from './acknowledgement.ts';
import { answerErrors } from './answer-errors.ts';
import { answerHeaders } from './answer-headers.ts';
import { answerRoutes } from './answer-routes.ts';
import { catchingUp } from './catching-up.ts';
import { closing } from './closing.ts';
import { connections } from './connections.ts';
import { deletions } from './deletions.ts';
import { delivery } from './delivery.ts';
import { expiry } from './expiry.ts';
import { fallback } from './fallback.ts';
import { fanOut } from './fan-out.ts';
import { fanOutChanges } from './fan-out-changes.ts';
import type { FaultyTarget } from './fault.ts';
import { graphAnswers } from './graph-answers.ts';
import { graphReads } from './graph-reads.ts';
import { graphRefuses } from './graph-refuses.ts';
import { graphRefusesRequests } from './graph-refuses-requests.ts';
import { graphRequests } from './graph-requests.ts';
import { graphSpellings } from './graph-spellings.ts';
import { graphTargets } from './graph-targets.ts';
import { handshakes } from './handshakes.ts';
import { history } from './history.ts';
import { historyContent } from './history-content.ts';
import { historyPages } from './history-pages.ts';
import { holdoutClient } from './holdout-client.ts';
import { holdoutConnections } from './holdout-connections.ts';
import { holdoutDevices } from './holdout-devices.ts';
import { holdoutGraph } from './holdout-graph.ts';
import { holdoutHistory } from './holdout-history.ts';
import { holdoutPositions } from './holdout-positions.ts';
import { holdoutToasts } from './holdout-toasts.ts';
import { messages } from './messages.ts';
import { positions } from './positions.ts';
import { states } from './states.ts';
import { subscribing } from './subscribing.ts';
import { subscriptions } from './subscriptions.ts';
import { unacknowledged } from './unacknowledged.ts';

export const allFaults: readonly FaultyTarget[] = [
  ...graphReads,
  ...graphTargets,
  ...graphRequests,
  ...graphRefuses,
  ...graphSpellings,
  ...graphRefusesRequests,
  ...graphAnswers,
  ...answerHeaders,
  ...answerErrors,
  ...answerRoutes,
  ...subscribing,
  ...subscriptions,
  ...history,
  ...historyPages,
  ...historyContent,
  ...states,
  ...deletions,
  ...fanOut,
  ...fanOutChanges,
  ...fallback,
  ...expiry,
  ...delivery,
  ...acknowledgement,
  ...catchingUp,
  ...positions,
  ...connections,
  ...closing,
  ...messages,
  ...handshakes,
  ...holdoutGraph,
  ...holdoutClient,
  ...holdoutHistory,
  ...holdoutDevices,
  ...holdoutToasts,
  ...holdoutPositions,
  ...holdoutConnections,
  ...unacknowledged,
];
