// Maps operations to handlers. Every operation of the shipped documents needs one; others respond with their example.
import type { Operation } from '../documents/operation.ts';
import { Refusal } from '../domain/errors.ts';
import type { Call, HandlerResult, Handlers, OperationId } from './handler.ts';

export type AnyCall = Omit<Call, 'operationId' | 'body' | 'parameters'> & { readonly body: unknown; readonly parameters: unknown };
export type Dispatch = (operation: Operation, call: AnyCall) => Promise<HandlerResult>;

/** @throws Error that names an operation of the shipped documents without a handler */
export function createDispatch(operations: readonly Operation[], handlers: Handlers): Dispatch {
  // The cast is at the dispatch edge: validated input has the types generated from the documents.
  const byId = new Map(Object.entries(handlers)) as ReadonlyMap<string, (call: Call) => Promise<HandlerResult>>;
  for (const { operationId, isShipped } of operations) {
    if (isShipped && !byId.has(operationId)) throw new Error(`The operation ${operationId} of the shipped documents has no handler.`);
  }
  return async (operation, call) => {
    const handler = byId.get(operation.operationId);
    if (!handler) return exampleResult(operation);
    return handler({ ...call, operationId: operation.operationId as OperationId } as Call);
  };
}

/** @throws Refusal NotImplemented */
export function exampleResult({ operationId, responses }: Operation): HandlerResult {
  for (const [status, { example, mediaType, headers }] of responses) {
    if (!/^2\d\d$/.test(status)) continue;
    const known = Object.fromEntries(headers.flatMap(({ name, example: value }) => (value === undefined ? [] : [[name, value] as const])));
    if (mediaType === undefined) return { status: Number(status), headers: known };
    if (example) return { status: Number(status), headers: known, body: example.value };
  }
  throw new Refusal(
    'NotImplemented',
    `The operation ${operationId} is not implemented, and its document has no example of a successful answer.`,
  );
}
