// Holds answers against the documents before they are sent: what they forbid never leaves.
import { type Fault, Refusal } from '../domain/errors.ts';
import type { ResponseSpec } from '../spec/responses.ts';
import { type Answer, type AnswerContext, composeAnswer } from './answer.ts';
import type { AnswerDeps } from './deps.ts';
import { errorReply } from './error-reply.ts';
import type { Reply } from './handler.ts';

/** The answer to a reply; with response validation a 500 instead of one that breaks the documents; undefined when even that would. */
export function lawfulAnswer(deps: AnswerDeps, context: AnswerContext, reply: Reply): Answer | undefined {
  const answer = composeAnswer(deps, context, reply);
  const faults = faultsOf(deps, answer);
  if (faults.length === 0) return answer;
  const refusal = new Refusal(
    'Internal',
    `The answer ${answer.status} of ${nameOf(answer)} would break the document: ${faults.map(told).join('; ')}`,
  );
  const instead = composeAnswer(deps, context, errorReply(refusal, context, deps.clock.now()));
  return faultsOf(deps, instead).length === 0 ? instead : undefined;
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
