// Gives each operation its handler, and insists that the shipped documents have one for every operation.
import type { Operation } from '../documents/operation.ts';
import { exampleReply } from './examples.ts';
import type { Call, Handlers, OperationId, Reply } from './handler.ts';

export type AnyCall = Omit<Call, 'operationId' | 'body' | 'parameters'> & { readonly body: unknown; readonly parameters: unknown };
export type Dispatch = (operation: Operation, call: AnyCall) => Promise<Reply>;

/** @throws Error that names an operation of the shipped documents without a handler */
export function createDispatch(operations: readonly Operation[], handlers: Handlers): Dispatch {
  // The dispatch edge: what the documents have judged is what the types generated from them say.
  const byId = new Map(Object.entries(handlers)) as ReadonlyMap<string, (call: Call) => Promise<Reply>>;
  for (const { operationId, isShipped } of operations) {
    if (isShipped && !byId.has(operationId)) throw new Error(`The operation ${operationId} of the shipped documents has no handler.`);
  }
  return async (operation, call) => {
    const handler = byId.get(operation.operationId);
    if (!handler) return exampleReply(operation);
    return handler({ ...call, operationId: operation.operationId as OperationId } as Call);
  };
}
