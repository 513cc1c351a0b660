// The documents, ready to be driven by: operations, the match of method and path, the device socket, lifetimes.
import type { IdentityLifetimes, Lifetimes } from '../domain/ports.ts';
import { DocumentError } from './document-error.ts';
import { type Document, type Documents, loadDocuments } from './documents.ts';
import { identityLifetimesOf } from './identity-lifetimes.ts';
import { durationMs } from './iso-duration.ts';
import { createJudging, type Judging } from './judge.ts';
import { createMatch, type MatchOperation } from './match.ts';
import { buildOperations, type Operation } from './operation.ts';
import { maxPageBytesOf } from './page-limit.ts';
import { createPlaces } from './places.ts';
import { buildResponses, type ResponseSpec, type Responses, responseFor } from './responses.ts';
import { buildSocket, type SocketSpec } from './socket-spec.ts';
import { isTree, type Tree, textOf, treeOf } from './tree.ts';

export interface LoadOptions {
  /** A user's own documents; each replaces the shipped one of its kind. */
  readonly files?: readonly string[];
  /** Compiles the shipped schemas at once too, not at their first use. Default false: the start is quick. */
  readonly compileAll?: boolean;
}

export interface Spec {
  readonly documents: readonly { readonly kind: Document['kind']; readonly file: string; readonly isShipped: boolean }[];
  readonly operations: readonly Operation[];
  readonly match: MatchOperation;
  /** Every method that some operation has. */
  readonly methods: readonly string[];
  /** The answer where no operation matches. */
  readonly unmatched: Responses;
  /** The answer with this status where the operation is not known or does not declare it: that of x-unmatched, else of any operation. */
  responseAnywhere(status: number): ResponseSpec | undefined;
  readonly socket: SocketSpec;
  readonly lifetimes: Lifetimes;
  readonly identityLifetimes: IdentityLifetimes;
  /** Bytes of notifications at which a page of the history ends (D25). */
  readonly maxPageBytes: number;
  /** Where a schema of the loaded documents is written: `notifications.yaml#/components/schemas/Payload`; undefined when it is none of theirs. */
  placeOf(schema: unknown): string | undefined;
}

/** @throws DocumentError with one line that names file and place */
export async function loadSpec({ files = [], compileAll = false }: LoadOptions = {}): Promise<Spec> {
  const documents = await loadDocuments(files);
  const judgings: [Document, Judging][] = [];
  const judgingOf = (document: Document): Judging => {
    const judging = createJudging(document.file, !document.isShipped);
    judgings.push([document, judging]);
    return judging;
  };
  const { notifications, control, identity, devices, shippedNotifications } = documents;
  const judging = judgingOf(notifications);
  const operations = [
    ...buildOperations(notifications, judging),
    ...buildOperations(control, judgingOf(control)),
    ...buildOperations(identity, judgingOf(identity)),
  ];
  refuseDuplicates(documents, operations);
  const unmatched = isTree(notifications.tree['x-unmatched'])
    ? buildResponses(notifications.tree['x-unmatched'], judging, 'x-unmatched')
    : buildResponses(shippedNotifications.tree['x-unmatched'], judgingOf(shippedNotifications), 'x-unmatched');
  const socket = buildSocket(devices, judgingOf(devices), callersOf(documents));
  const lifetimes = lifetimesOf(documents);
  for (const [document, one] of judgings) if (compileAll || !document.isShipped) one.compileAll();
  return {
    documents: [notifications, control, identity, devices].map(({ kind, file, isShipped }) => ({ kind, file, isShipped })),
    operations,
    match: createMatch(operations),
    methods: [...new Set(operations.map(({ method }) => method))].sort(),
    unmatched,
    responseAnywhere: (status) => responseFor(unmatched, status) ?? firstThatDeclares(operations, status),
    socket,
    lifetimes,
    identityLifetimes: identityLifetimesOf(identity),
    maxPageBytes: maxPageBytesOf(documents),
    placeOf: createPlaces([notifications, control, identity, devices]),
  };
}

function firstThatDeclares(operations: readonly Operation[], status: number): ResponseSpec | undefined {
  for (const { responses } of operations) {
    const response = responses.get(String(status));
    if (response) return response;
  }
  return undefined;
}

function refuseDuplicates(documents: Documents, operations: readonly Operation[]): void {
  const seen = new Map<string, Operation>();
  for (const operation of operations) {
    const other = seen.get(operation.operationId);
    seen.set(operation.operationId, operation);
    if (!other) continue;
    const { file } =
      [documents.notifications, documents.control, documents.identity].find(({ isShipped }) => !isShipped) ?? documents.control;
    throw new DocumentError(
      file,
      `${operation.method} ${operation.path}`,
      `the operationId ${operation.operationId} is taken by ${other.method} ${other.path}`,
    );
  }
}

/** Whoever `x-security` of the socket means is said by the security schemes of the notifications document. */
function callersOf({ notifications, shippedNotifications }: Documents): Tree {
  const schemesOf = ({ tree }: Document) => treeOf(treeOf(tree['components'])['securitySchemes']);
  return { components: { securitySchemes: { ...schemesOf(shippedNotifications), ...schemesOf(notifications) } } };
}

/** @throws DocumentError when the document that has the operation does not say how long */
function lifetimesOf(documents: Documents): Lifetimes {
  const request = (operation: Tree) => treeOf(operation['requestBody']);
  const created = (operation: Tree) => treeOf(treeOf(operation['responses'])['201']);
  return {
    notificationMs: lifetime(documents, 'postNotification', 'x-default-ahead', request),
    subscriptionMs: lifetime(documents, 'createSubscription', 'x-lifetime', created),
  };
}

function lifetime(
  { notifications, shippedNotifications }: Documents,
  operationId: string,
  keyword: string,
  part: (operation: Tree) => Tree,
): number {
  const own = operationIn(notifications, operationId);
  const document = own ? notifications : shippedNotifications;
  const operation = own ?? operationIn(shippedNotifications, operationId) ?? {};
  for (const media of Object.values(treeOf(part(operation)['content']))) {
    const properties = treeOf(treeOf(treeOf(media)['schema'])['properties']);
    const ms = durationMs(textOf(treeOf(properties['expirationDateTime'])[keyword]) ?? '');
    if (ms !== undefined) return ms;
  }
  throw new DocumentError(
    document.file,
    `${operationId} expirationDateTime`,
    `${keyword} is missing, or not a duration of days, hours, minutes and seconds`,
  );
}

function operationIn({ tree }: Document, operationId: string): Tree | undefined {
  const items = Object.values(treeOf(tree['paths'])).map(treeOf);
  return items.flatMap((item) => Object.values(item).map(treeOf)).find((operation) => operation['operationId'] === operationId);
}
