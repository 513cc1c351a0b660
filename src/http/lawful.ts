// Checks answers against the documents before they are sent: what they forbid is replaced by an error that says so.
import type { ResponseSpec } from '../documents/responses.ts';
import { type Fault, Refusal } from '../domain/errors.ts';
import { type Answer, type AnswerContext, composeAnswer, plainAnswer } from './answer.ts';
import type { AnswerDeps } from './deps.ts';
import { errorReply } from './error-reply.ts';
import { refusalReply } from './graph-errors.ts';
import type { Reply } from './handler.ts';

/** The answer to a reply; with response validation a 500 instead of one that breaks the documents, in plain JSON when even that would. */
export function lawfulAnswer(deps: AnswerDeps, context: AnswerContext, reply: Reply): Answer {
  const answer = composeAnswer(deps, context, reply);
  const faults = faultsOf(deps, answer);
  if (faults.length === 0) return answer;
  const refusal = new Refusal(
    'Internal',
    `The answer ${answer.status} of ${nameOf(answer)} would break the document: ${faults.map(told).join('; ')}`,
  );
  const instead = composeAnswer(deps, context, errorReply(refusal, context, deps.clock.now()));
  if (faultsOf(deps, instead).length === 0) return instead;
  // What went wrong first says more than that the document has no form for it.
  const isError = reply.status >= 400 && typeof reply.body === 'object';
  const error = isError ? reply : refusalReply(refusal, context.request, deps.clock.now());
  deps.log.error(
    `An error ${error.status} of ${nameOf(answer)} is answered in plain JSON: the document allows neither the answer ${answer.status} nor a 500 in its place`,
  );
  return plainAnswer(deps, context, error);
}

function faultsOf(deps: AnswerDeps, answer: Answer): readonly Fault[] {
  if (!deps.validateResponses) return [];
  const faults = [answer.declared, ...answer.alsoDeclared].flatMap((declared) => judge(answer, declared, deps.clock.now()));
  if (faults.length === 0) return faults;
  deps.log.error(`The answer ${answer.status} of ${nameOf(answer)} breaks the document: ${faults.map(told).join('; ')}`);
  deps.onViolation?.(`${nameOf(answer)} ${answer.status}`, faults);
  return faults;
}

function judge({ status, headers, body }: Answer, declared: ResponseSpec | undefined, now: number): readonly Fault[] {
  // 501 tells of the emulator, not of the operation.
  if (!declared) return status === 501 ? [] : [{ code: 'responses', target: String(status), message: 'this status is not declared' }];
  const faults = declared.headers.flatMap(({ name, isRequired, judge: judgeValue }): readonly Fault[] => {
    const at = headers.findIndex((entry, index) => index % 2 === 0 && entry === name);
    if (at < 0) return isRequired ? [{ code: 'required', target: name, message: 'is required' }] : [];
    return judgeValue(headers[at + 1], now).faults.map((fault) => ({ ...fault, target: name }));
  });
  return [...faults, ...judgeBody(body, declared, now)];
}

function judgeBody(body: string | undefined, { mediaType, judgeBody: judgeValue }: ResponseSpec, now: number): readonly Fault[] {
  if (!judgeValue) return body === undefined ? [] : [{ code: 'content', target: 'body', message: 'no body is declared' }];
  if (body === undefined) return [{ code: 'content', target: 'body', message: 'a body is declared' }];
  if (!/[/+]json\b/i.test(mediaType ?? '')) return judgeValue(body, now).faults;
  const value: unknown = JSON.parse(body);
  return judgeValue(value, now).faults;
}

function nameOf({ operationId }: Answer): string {
  return operationId ?? 'an unmatched request';
}

function told({ code, target, message }: Fault): string {
  return `${code} at ${target || 'the body'} (${message})`;
}
