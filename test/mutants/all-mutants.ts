// All mutants, in the order of the catalogue's surfaces.
import type { Mutant } from './mutant.ts';
import { acknowledgement } from './mutants/acknowledgement.ts';
import { answerErrors } from './mutants/answer-errors.ts';
import { answerHeaders } from './mutants/answer-headers.ts';
import { answerRoutes } from './mutants/answer-routes.ts';
import { catchingUp } from './mutants/catching-up.ts';
import { closing } from './mutants/closing.ts';
import { deletions } from './mutants/deletions.ts';
import { delivery } from './mutants/delivery.ts';
import { expiry } from './mutants/expiry.ts';
import { fallback } from './mutants/fallback.ts';
import { fanOut } from './mutants/fan-out.ts';
import { fanOutChanges } from './mutants/fan-out-changes.ts';
import { graphAnswers } from './mutants/graph-answers.ts';
import { graphReads } from './mutants/graph-reads.ts';
import { graphRefuses } from './mutants/graph-refuses.ts';
import { graphRefusesRequests } from './mutants/graph-refuses-requests.ts';
import { graphRequests } from './mutants/graph-requests.ts';
import { graphTargets } from './mutants/graph-targets.ts';
import { handshakes } from './mutants/handshakes.ts';
import { history } from './mutants/history.ts';
import { historyContent } from './mutants/history-content.ts';
import { historyPages } from './mutants/history-pages.ts';
import { holdoutClient } from './mutants/holdout-client.ts';
import { holdoutDevices } from './mutants/holdout-devices.ts';
import { holdoutGraph } from './mutants/holdout-graph.ts';
import { holdoutHistory } from './mutants/holdout-history.ts';
import { holdoutLines } from './mutants/holdout-lines.ts';
import { holdoutPositions } from './mutants/holdout-positions.ts';
import { holdoutToasts } from './mutants/holdout-toasts.ts';
import { lines } from './mutants/lines.ts';
import { messages } from './mutants/messages.ts';
import { positions } from './mutants/positions.ts';
import { states } from './mutants/states.ts';
import { subscribing } from './mutants/subscribing.ts';
import { subscriptions } from './mutants/subscriptions.ts';
import { unacknowledged } from './mutants/unacknowledged.ts';

export const allMutants: readonly Mutant[] = [
  ...graphReads,
  ...graphTargets,
  ...graphRequests,
  ...graphRefuses,
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
  ...lines,
  ...closing,
  ...messages,
  ...handshakes,
  ...holdoutGraph,
  ...holdoutClient,
  ...holdoutHistory,
  ...holdoutDevices,
  ...holdoutToasts,
  ...holdoutPositions,
  ...holdoutLines,
  ...unacknowledged,
];
