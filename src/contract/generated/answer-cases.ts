// Cases of what every answer must have: calls that are answered in all ways there are, each answer looked at for one requirement.
import { randomUUID } from 'node:crypto';
import type { Operation } from '../../spec/operation.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Case } from '../case.ts';
import type { Check } from '../check.ts';
import { errorBody } from '../checks/body.ts';
import { answerHeaders, clientRequestId } from '../checks/headers.ts';
import { noLeak } from '../checks/leak.ts';
import { noServerError } from '../checks/status.ts';
import type { HttpRequest } from '../exchange.ts';
import { createFixture } from '../fixture.ts';
import { badTokens, type Call, callsOf } from './answer-kinds.ts';
import { baseRequest, type Workplace } from './base-request.ts';
import { oddCalls } from './odd-calls.ts';
import { caseOf } from './trial.ts';

/** The checks look at the answers of all other cases too; these see to it that there are answers of every kind to look at. */
export function answerCases(spec: Spec, operation: Operation): readonly Case[] {
  const calls = callsOf(spec, operation);
  const looked = (requirement: string, check: Check, title: string, asked: readonly Call[]) =>
    answerCase({ spec, operation, requirement, check, title, calls: asked });
  return [
    looked('answer-headers', answerHeaders, 'sends the documented headers, also with refusals and to scripts', calls.map(fromScript)),
    looked('client-request-id', clientRequestId, "echoes the client's id with refusals too", calls.flatMap(withAndWithoutId)),
    looked('error-body', errorBody, 'tells every refusal in the same body', calls),
    looked('no-leak', noLeak, 'tells no token and nothing of its inside, whatever is asked', [...calls, ...badTokens]),
    looked('no-server-error', noServerError, 'survives odd ids, parameters and bodies', oddCalls(operation)),
  ].filter((one) => one !== undefined);
}

interface AnswerCase {
  readonly spec: Spec;
  readonly operation: Operation;
  readonly requirement: string;
  readonly check: Check;
  readonly title: string;
  readonly calls: readonly Call[];
}

function answerCase({ spec, operation, requirement, check, title, calls }: AnswerCase): Case | undefined {
  if (calls.length === 0) return undefined;
  const id = `${operation.operationId}/answers/${requirement}`;
  return caseOf({ id, requirement, title, operation }, async (context) => {
    const place: Workplace = { context, fixture: createFixture(context) };
    for (const { label, make } of calls) {
      const exchange = await place.fixture.send(await make(await baseRequest(operation, place), place));
      const found = check(exchange, { spec, requestIds: new Set(), postedIds: new Map(), now: context.clock.now() });
      const [first] = found ?? [];
      if (first) context.fail({ ...first, expected: `${first.expected} (${label})` });
    }
  });
}

const changed = ({ label, make }: Call, change: (request: HttpRequest) => HttpRequest): Call => ({
  label,
  make: async (base, place) => change(await make(base, place)),
});
const withHeaders = (headers: HttpRequest['headers']) => (request: HttpRequest) => ({
  ...request,
  headers: { ...request.headers, ...headers },
});

/** A script of a browser can read what CORS lets it, and a refusal is what it needs most. */
const fromScript = (one: Call): Call => changed(one, withHeaders({ Origin: 'https://app.contoso.example' }));

const withAndWithoutId = (one: Call): readonly Call[] => [
  changed(one, (request) => withHeaders({ 'client-request-id': randomUUID() })(request)),
  changed(one, withHeaders({ 'client-request-id': null })),
];
