// Types of handlers, derived from the documents, so that the compiler requires a handler for every operation.
import type { IncomingHttpHeaders } from 'node:http';
import type { operations as ActivityOperations } from '../documents/activity.gen.ts';
import type { operations as ControlOperations } from '../documents/control.gen.ts';
import type { operations as IdentityOperations } from '../documents/identity.gen.ts';
import type { operations as NotificationOperations } from '../documents/notifications.gen.ts';
import { Refusal } from '../domain/errors.ts';
import type { Caller, Subscription, UserCaller } from '../domain/model.ts';
import type { RequestSource } from './request-source.ts';

type Operations = NotificationOperations & ControlOperations & IdentityOperations & ActivityOperations;
export type OperationId = keyof Operations;

type Given<Parameters> = [NonNullable<Parameters>] extends [never] ? Readonly<Record<never, never>> : Readonly<NonNullable<Parameters>>;
type Body<Operation> = Operation extends { requestBody: { content: infer Content } } ? Content[keyof Content] : undefined;

/** The subscription or notification that a call is about. */
export interface CallSubject {
  readonly subscription?: Subscription;
  readonly notificationId?: string;
}

export interface Call<Id extends OperationId = OperationId> {
  readonly operationId: Id;
  /** Validated and normalised by the document. */
  readonly body: Body<Operations[Id]>;
  /** By the document's names, with its defaults applied. */
  readonly parameters: {
    readonly path: Given<Operations[Id]['parameters']['path']>;
    readonly query: Given<Operations[Id]['parameters']['query']>;
    readonly header: Given<Operations[Id]['parameters']['header']>;
    readonly cookie: Given<Operations[Id]['parameters']['cookie']>;
  };
  /** Undefined if the document requires no token. */
  readonly caller: Caller | undefined;
  /** Scheme and authority of the request, such as `http://127.0.0.1:4280`, for URLs in responses. */
  readonly origin: () => string;
  /** The request was sent over https. */
  readonly isSecure: boolean;
  readonly requestId: string;
  /** The raw Authorization header, if the document allows Basic authentication and the header uses it. */
  readonly authorization: string | undefined;
  /** For the batch operation: its own headers, and the pipeline. */
  readonly inBatch: InBatch;
  /** Reports for the log what the call is about; undefined if requests are not logged. */
  readonly concerns?: ((what: CallSubject) => void) | undefined;
}

/** A response as it is sent. */
export interface ServedResponse {
  readonly status: number;
  /** Alternating names and values. */
  readonly headers: readonly string[];
  readonly body: string | undefined;
}

export interface InBatch {
  readonly headers: IncomingHttpHeaders;
  /** Serves a request as if it had come alone. @param refusal given in place of serving it */
  readonly serve: (request: RequestSource, refusal?: Refusal) => Promise<ServedResponse>;
}

export interface HandlerResult {
  readonly status: number;
  /** Headers that the document does not declare are not sent. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The body as JSON text, instead of `body`. */
  readonly json?: string;
}

/** @throws Refusal */
export type Handler<Id extends OperationId> = (call: Call<Id>) => Promise<HandlerResult>;
export type Handlers = { readonly [Id in OperationId]: Handler<Id> };

/** The caller is missing only if a user's document requires no token for an operation that needs one. */
export function callerOf({ caller }: { readonly caller: Caller | undefined }): Caller {
  if (caller) return caller;
  throw new Refusal('TokenMissing', 'This operation needs an access token.');
}

export function userOf(call: { readonly caller: Caller | undefined }): UserCaller {
  const caller = callerOf(call);
  if (caller.kind === 'user') return caller;
  throw new Refusal('UserTokenRequired', 'This operation needs a user token.');
}
