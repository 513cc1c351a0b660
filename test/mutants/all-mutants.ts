// All mutants, in the order of the catalogue's surfaces.
import type { Mutant } from './mutant.ts';
import { acknowledgement } from './mutants/acknowledgement.ts';
import { answers } from './mutants/answers.ts';
import { closing } from './mutants/closing.ts';
import { delivery } from './mutants/delivery.ts';
import { due } from './mutants/due.ts';
import { fanOut } from './mutants/fan-out.ts';
import { graphAnswers } from './mutants/graph-answers.ts';
import { graphReads } from './mutants/graph-reads.ts';
import { graphRefuses } from './mutants/graph-refuses.ts';
import { graphRequests } from './mutants/graph-requests.ts';
import { handshakes } from './mutants/handshakes.ts';
import { history } from './mutants/history.ts';
import { lines } from './mutants/lines.ts';
import { positions } from './mutants/positions.ts';
import { states } from './mutants/states.ts';
import { subscriptions } from './mutants/subscriptions.ts';

export const allMutants: readonly Mutant[] = [
  ...graphReads,
  ...graphRequests,
  ...graphRefuses,
  ...graphAnswers,
  ...answers,
  ...subscriptions,
  ...history,
  ...states,
  ...fanOut,
  ...due,
  ...delivery,
  ...acknowledgement,
  ...positions,
  ...lines,
  ...closing,
  ...handshakes,
];
