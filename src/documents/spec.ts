// The loaded specification: operations, request matching, device socket, lifetimes.
import type { IdentityLifetimes, Lifetimes } from '../domain/ports.ts';
import { isJsonObject, type JsonObject, jsonObjectOf, textOf } from '../values/json.ts';
import { DocumentError } from './document-error.ts';
import { type Document, type Documents, loadDocuments } from './documents.ts';
import { identityLifetimesOf } from './identity-lifetimes.ts';
import { durationMs } from './iso-duration.ts';
import { createMatch, type MatchOperation } from './match.ts';
import { buildOperations, type Operation } from './operation.ts';
import { maxPageBytesOf, maxViewBytesOf } from './page-limit.ts';
import { requestRulesOf } from './request-rules.ts';
import { buildResponses, type ResponseSpec, type Responses, responseFor } from './responses.ts';
import { createSchemaLocations } from './schema-locations.ts';
import { buildSocket, type SocketSpec } from './socket-spec.ts';
import { createValidatorFactory, type ValidatorFactory } from './validator.ts';

export interface LoadOptions {
  /** The user's documents; each replaces the shipped document of its kind. */
  readonly files?: readonly string[];
  /** Compiles the shipped schemas immediately instead of on first use. Default false, for a fast start. */
  readonly compileAll?: boolean;
}

export interface Spec {
  readonly documents: readonly { readonly kind: Document['kind']; readonly file: string; readonly isShipped: boolean }[];
  readonly operations: readonly Operation[];
  readonly match: MatchOperation;
  /** All methods that the operations use. */
  readonly methods: readonly string[];
  /** The responses when no operation matches. */
  readonly unmatched: Responses;
  /** The response for a status that the operation does not declare, or without an operation: from x-unmatched, or else from any operation. */
  responseAnywhere(status: number): ResponseSpec | undefined;
  readonly socket: SocketSpec;
  readonly lifetimes: Lifetimes;
  readonly identityLifetimes: IdentityLifetimes;
  /** Bytes of notifications at which a page of the history ends (D25). */
  readonly maxPageBytes: number;
  /** Bytes of items at which a view leaves out the older ones (D38). */
  readonly maxViewBytes: number;
  /** The location of a schema in the loaded documents: `notifications.yaml#/components/schemas/Payload`; undefined if the schema is not part of them. */
  locationOf(schema: unknown): string | undefined;
}

/** @throws DocumentError with one line that names file and location */
export async function loadSpec({ files = [], compileAll = false }: LoadOptions = {}): Promise<Spec> {
  const documents = await loadDocuments(files);
  const validatorFactories: [Document, ValidatorFactory][] = [];
  const validatorFactoryOf = (document: Document): ValidatorFactory => {
    const factory = createValidatorFactory(document.file, !document.isShipped, requestRulesOf(document));
    validatorFactories.push([document, factory]);
    return factory;
  };
  const { notifications, control, identity, activity, devices, shippedNotifications } = documents;
  const factory = validatorFactoryOf(notifications);
  const operations = [
    ...buildOperations(notifications, factory),
    ...buildOperations(control, validatorFactoryOf(control)),
    ...buildOperations(identity, validatorFactoryOf(identity)),
    ...buildOperations(activity, validatorFactoryOf(activity)),
  ];
  refuseDuplicates(documents, operations);
  const unmatched = isJsonObject(notifications.tree['x-unmatched'])
    ? buildResponses(notifications.tree['x-unmatched'], factory, 'x-unmatched')
    : buildResponses(shippedNotifications.tree['x-unmatched'], validatorFactoryOf(shippedNotifications), 'x-unmatched');
  const socket = buildSocket(devices, validatorFactoryOf(devices), callersOf(documents));
  const lifetimes = lifetimesOf(documents);
  for (const [document, one] of validatorFactories) if (compileAll || !document.isShipped) one.compileAll();
  return {
    documents: [notifications, control, identity, activity, devices].map(({ kind, file, isShipped }) => ({ kind, file, isShipped })),
    operations,
    match: createMatch(operations),
    methods: [...new Set(operations.map(({ method }) => method))].sort(),
    unmatched,
    responseAnywhere: (status) => responseFor(unmatched, status) ?? firstThatDeclares(operations, status),
    socket,
    lifetimes,
    identityLifetimes: identityLifetimesOf(identity),
    maxPageBytes: maxPageBytesOf(documents),
    maxViewBytes: maxViewBytesOf(documents),
    locationOf: createSchemaLocations([notifications, control, identity, activity, devices]),
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
      [documents.notifications, documents.control, documents.identity, documents.activity].find(({ isShipped }) => !isShipped) ??
      documents.control;
    throw new DocumentError(
      file,
      `${operation.method} ${operation.path}`,
      `the operationId ${operation.operationId} is taken by ${other.method} ${other.path}`,
    );
  }
}

/** `x-security` of the socket refers to the security schemes of the notifications document. */
function callersOf({ notifications, shippedNotifications }: Documents): JsonObject {
  const schemesOf = ({ tree }: Document) => jsonObjectOf(jsonObjectOf(tree['components'])['securitySchemes']);
  return { components: { securitySchemes: { ...schemesOf(shippedNotifications), ...schemesOf(notifications) } } };
}

/** @throws DocumentError when the operation's document has no lifetime */
function lifetimesOf(documents: Documents): Lifetimes {
  const request = (operation: JsonObject) => jsonObjectOf(operation['requestBody']);
  const created = (operation: JsonObject) => jsonObjectOf(jsonObjectOf(operation['responses'])['201']);
  return {
    notificationMs: lifetime(documents, 'postNotification', 'x-default-ahead', request),
    subscriptionMs: lifetime(documents, 'createSubscription', 'x-lifetime', created),
  };
}

function lifetime(
  { notifications, shippedNotifications }: Documents,
  operationId: string,
  keyword: string,
  part: (operation: JsonObject) => JsonObject,
): number {
  const own = operationIn(notifications, operationId);
  const document = own ? notifications : shippedNotifications;
  const operation = own ?? operationIn(shippedNotifications, operationId) ?? {};
  for (const media of Object.values(jsonObjectOf(part(operation)['content']))) {
    const properties = jsonObjectOf(jsonObjectOf(jsonObjectOf(media)['schema'])['properties']);
    const ms = durationMs(textOf(jsonObjectOf(properties['expirationDateTime'])[keyword]) ?? '');
    if (ms !== undefined) return ms;
  }
  throw new DocumentError(
    document.file,
    `${operationId} expirationDateTime`,
    `${keyword} is missing, or not a duration of days, hours, minutes and seconds`,
  );
}

function operationIn({ tree }: Document, operationId: string): JsonObject | undefined {
  const items = Object.values(jsonObjectOf(tree['paths'])).map(jsonObjectOf);
  return items.flatMap((item) => Object.values(item).map(jsonObjectOf)).find((operation) => operation['operationId'] === operationId);
}
