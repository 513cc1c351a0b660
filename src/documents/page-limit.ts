// Reads from the documents the maximum size of a list page.

import { type JsonObject, jsonObjectOf, jsonObjectsIn } from '../values/json.ts';
import { DocumentError } from './document-error.ts';
import type { Documents } from './documents.ts';

/** `x-max-page-bytes` of listNotifications (D25); the shipped value where the active document has none. @throws DocumentError */
export function maxPageBytesOf({ notifications, shippedNotifications }: Documents): number {
  for (const { file, tree } of [notifications, shippedNotifications]) {
    const limit = listOperation(tree)?.['x-max-page-bytes'];
    if (limit === undefined) continue;
    if (typeof limit === 'number' && limit > 0) return limit;
    throw new DocumentError(file, 'listNotifications', 'x-max-page-bytes must be a number above 0');
  }
  throw new DocumentError(shippedNotifications.file, 'listNotifications', 'x-max-page-bytes is missing');
}

function listOperation(tree: JsonObject): JsonObject | undefined {
  const operations = jsonObjectsIn(tree['paths']).flatMap(([, item]) => Object.values(item).map(jsonObjectOf));
  return operations.find(({ operationId }) => operationId === 'listNotifications');
}
