// What a handler gets and gives: typed by the documents, so that the compiler insists on a handler for every operation.
import type { operations as ControlOperations } from '../documents/control.gen.ts';
import type { operations as IdentityOperations } from '../documents/identity.gen.ts';
import type { operations as NotificationOperations } from '../documents/notifications.gen.ts';
import { Refusal } from '../domain/errors.ts';
import type { Caller, Subscription, UserCaller } from '../domain/model.ts';

type Operations = NotificationOperations & ControlOperations & IdentityOperations;
export type OperationId = keyof Operations;

type Given<Parameters> = [NonNullable<Parameters>] extends [never] ? Readonly<Record<never, never>> : Readonly<NonNullable<Parameters>>;
type Body<Operation> = Operation extends { requestBody: { content: infer Content } } ? Content[keyof Content] : undefined;

/** Whose subscription or which notification a call is about. */
export interface CallSubject {
  readonly subscription?: Subscription;
  readonly notificationId?: string;
}

export interface Call<Id extends OperationId = OperationId> {
  readonly operationId: Id;
  /** Judged by the document and in its spelling. */
  readonly body: Body<Operations[Id]>;
  /** By the names of the document; absent ones with a default have it. */
  readonly parameters: {
    readonly path: Given<Operations[Id]['parameters']['path']>;
    readonly query: Given<Operations[Id]['parameters']['query']>;
    readonly header: Given<Operations[Id]['parameters']['header']>;
    readonly cookie: Given<Operations[Id]['parameters']['cookie']>;
  };
  /** Undefined where the document asks for no token. */
  readonly caller: Caller | undefined;
  /** Scheme and authority that the request came to, `http://127.0.0.1:4280`; for URLs in answers. */
  readonly origin: string;
  /** The request came over https. */
  readonly isSecure: boolean;
  readonly requestId: string;
  /** The header as it came, where the document names Basic authentication and the header is that. */
  readonly authorization: string | undefined;
  /** Takes what the call turns out to concern, for the log; undefined where that is not asked for. */
  readonly concerns?: ((what: CallSubject) => void) | undefined;
}

export interface HandlerResult {
  readonly status: number;
  /** Only those that the document declares are sent. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The body as JSON text, instead of `body`. */
  readonly json?: string;
}

/** May throw a `Refusal`. */
export type Handler<Id extends OperationId> = (call: Call<Id>) => Promise<HandlerResult>;
export type Handlers = { readonly [Id in OperationId]: Handler<Id> };

/** An operation whose document asks for no token has no caller: only a changed document can bring that about. */
export function callerOf({ caller }: { readonly caller: Caller | undefined }): Caller {
  if (caller) return caller;
  throw new Refusal('TokenMissing', 'This operation needs an access token.');
}

export function userOf(call: { readonly caller: Caller | undefined }): UserCaller {
  const caller = callerOf(call);
  if (caller.kind === 'user') return caller;
  throw new Refusal('UserTokenRequired', 'This operation needs a user token.');
}
