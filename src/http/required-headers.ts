// Checks at startup that every required response header has a value: a constant in the document, or a computed one.
import { DocumentError } from '../documents/document-error.ts';
import type { Operation } from '../documents/operation.ts';
import { type ResponseHeader, type Responses, responseFor } from '../documents/responses.ts';
import type { Spec } from '../documents/spec.ts';
import { errorHeaderOf, graphErrors, hasSignInErrors, isPageOperation } from './errors.ts';
import type { OperationId } from './handler.ts';
import { isComputed } from './response.ts';

/** Headers that handlers always send, by status. */
const sentByHandlers: Partial<Record<OperationId, Readonly<Record<number, readonly string[]>>>> = {
  postNotification: { 201: ['Location'] },
  postUserNotification: { 201: ['Location'] },
  authorize: { 302: ['Location'] },
  submitSignIn: { 302: ['Location'] },
  authorizeV1: { 302: ['Location'] },
  submitSignInV1: { 302: ['Location'] },
  signOut: { 302: ['Location'] },
  signOutV1: { 302: ['Location'] },
};
/** Statuses that handlers return; headers of other statuses are not checked. */
const handledStatuses = [200, 201, 204, 302];
const errorStatuses = [...new Set(Object.values(graphErrors).map(({ status }) => status))];

/** @throws DocumentError that names the first header without a value */
export function refuseUncomputedHeaders(spec: Spec, isHandled: (operationId: string) => boolean): void {
  for (const operation of spec.operations) {
    const { operationId, surface, responses } = operation;
    const [successes, isSent] = isHandled(operationId)
      ? [handledStatuses, sentByHandler(operation)]
      : [exampleStatuses(responses), sentByExample];
    const statuses = [...successes, ...errorStatuses];
    check({ file: fileOf(spec, surface), name: operationId, responses, statuses }, (header, status) =>
      status < 400 ? isSent(header, status) : isSame(header, errorHeaderIn(operation, status)),
    );
  }
  const file = fileOf(spec, 'notifications');
  check({ file, name: 'x-unmatched', responses: spec.unmatched, statuses: errorStatuses }, (header, status) =>
    isSame(header, errorHeaderOf(status)),
  );
}

type IsSent = (header: ResponseHeader, status: number) => boolean;

interface Checked {
  readonly file: string;
  readonly name: string;
  readonly responses: Responses;
  /** The possible statuses. */
  readonly statuses: readonly number[];
}

function check({ file, name, responses, statuses }: Checked, isSent: IsSent): void {
  for (const [key, response] of responses) {
    const answered = statuses.filter((status) => responseFor(responses, status) === response);
    const [successes, errors] = [answered.filter((status) => status < 400), answered.filter((status) => status >= 400)];
    const missing = response.headers.find(
      (header) =>
        header.isRequired &&
        header.constant === undefined &&
        !isComputed(header.name) &&
        // A range such as 2XX represents the one status that the handler returns.
        !(
          (successes.length === 0 || successes.some((status) => isSent(header, status))) &&
          errors.every((status) => isSent(header, status))
        ),
    );
    if (!missing) continue;
    const where = `${name} ${key} header ${missing.name}`;
    const advice =
      'give its schema a const, do not require it, or (in the source) compute it in response.ts or list it in required-headers.ts';
    throw new DocumentError(file, where, `is required, but has no value: ${advice}`);
  }
}

const sentByHandler =
  ({ operationId }: Operation): IsSent =>
  (header, status) =>
    sentByHandlers[operationId as OperationId]?.[status]?.some((name) => isSame(header, name)) ?? false;

/** An operation without a handler responds with its example. */
const exampleStatuses = (responses: Responses): readonly number[] => [...responses.keys()].filter((key) => /^2\d\d$/.test(key)).map(Number);

const sentByExample: IsSent = ({ example }) => example !== undefined;

/** Pages have no such header, and identity errors have no WWW-Authenticate; a 405 is always Graph's, because no operation matched. */
function errorHeaderIn(operation: Operation, status: number): string | undefined {
  if (!hasSignInErrors(operation) || status === 405) return errorHeaderOf(status);
  return isPageOperation(operation) ? undefined : 'Retry-After';
}

const isSame = ({ name }: ResponseHeader, other: string | undefined): boolean => name.toLowerCase() === other?.toLowerCase();

const fileOf = ({ documents }: Spec, surface: Operation['surface']): string => documents.find(({ kind }) => kind === surface)?.file ?? '';
