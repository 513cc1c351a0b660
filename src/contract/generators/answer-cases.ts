// Cases for the checks on every response: calls that provoke a response of every kind.
import { randomUUID } from 'node:crypto';
import type { HttpRequest } from '../../checks/exchange.ts';
import type { Operation } from '../../documents/operation.ts';
import type { Spec } from '../../documents/spec.ts';
import type { Case } from '../case.ts';
import { createFixture } from '../fixture.ts';
import { baseRequest, type CaseParts } from './base-request.ts';
import { edgeCaseCalls } from './edge-case-calls.ts';
import { badTokens, type Call, callsOf } from './response-kinds.ts';
import { caseOf } from './variation-case.ts';

/** These cases assert nothing themselves: the checks validate every response, and report each violation once. */
export function answerCases(spec: Spec, operation: Operation): readonly Case[] {
  const calls = callsOf(spec, operation);
  const asking = (requirement: string, title: string, asked: readonly Call[]): readonly Case[] =>
    asked.length === 0 ? [] : [answerCase(operation, requirement, `is asked for ${title}`, asked)];
  return [
    ...asking('answer-headers', 'responses of every kind by a script of another origin, to validate their headers', calls.map(fromScript)),
    ...asking('client-request-id', 'responses of every kind, with a client-request-id and without', calls.flatMap(withAndWithoutId)),
    ...asking('error-body', 'error responses of every kind, to validate their bodies', calls),
    ...asking('no-leak', 'error responses of every kind, to find internal details in them', [...calls, ...badTokens]),
    ...asking('no-server-error', 'edge cases: ids, parameters and bodies', edgeCaseCalls(operation)),
  ];
}

function answerCase(operation: Operation, requirement: string, title: string, calls: readonly Call[]): Case {
  const id = `${operation.operationId}/answers/${requirement}`;
  return caseOf({ id, requirement, title, operation }, async (context) => {
    const parts: CaseParts = { context, fixture: createFixture(context) };
    for (const { label, make } of calls) {
      context.note('suite', `asks for ${label}`);
      await parts.fixture.send(await make(await baseRequest(operation, parts), parts));
    }
  });
}

const changed = ({ label, make }: Call, change: (request: HttpRequest) => HttpRequest): Call => ({
  label,
  make: async (base, parts) => change(await make(base, parts)),
});
const withHeaders = (headers: HttpRequest['headers']) => (request: HttpRequest) => ({
  ...request,
  headers: { ...request.headers, ...headers },
});

/** CORS decides what a script in a browser can read of a response, error responses included. */
const fromScript = (one: Call): Call => changed(one, withHeaders({ Origin: 'https://app.contoso.example' }));

const withAndWithoutId = (one: Call): readonly Call[] => [
  changed(one, (request) => withHeaders({ 'client-request-id': randomUUID() })(request)),
  changed(one, withHeaders({ 'client-request-id': null })),
];
