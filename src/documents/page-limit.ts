// Reads from the documents the maximum size of a list page, and of a view.
import { type JsonObject, jsonObjectOf, jsonObjectsIn } from '../values/json.ts';
import { DocumentError } from './document-error.ts';
import type { Document, Documents } from './documents.ts';

/** `x-max-page-bytes` of listNotifications (D25); the shipped value where the active document has none. @throws DocumentError */
export function maxPageBytesOf({ notifications, shippedNotifications }: Documents): number {
  const limit = limitIn(notifications, 'listNotifications') ?? limitIn(shippedNotifications, 'listNotifications');
  if (limit !== undefined) return limit;
  throw new DocumentError(shippedNotifications.file, 'listNotifications', 'x-max-page-bytes is missing');
}

/** `x-max-page-bytes` of listViewActivities (D38); without it, no limit. @throws DocumentError */
export function maxViewBytesOf({ activity }: Documents): number {
  return limitIn(activity, 'listViewActivities') ?? Number.POSITIVE_INFINITY;
}

function limitIn({ file, tree }: Document, name: string): number | undefined {
  const limit = operationIn(tree, name)?.['x-max-page-bytes'];
  if (limit === undefined || (typeof limit === 'number' && limit > 0)) return limit;
  throw new DocumentError(file, name, 'x-max-page-bytes must be a number above 0');
}

function operationIn(tree: JsonObject, name: string): JsonObject | undefined {
  const operations = jsonObjectsIn(tree['paths']).flatMap(([, item]) => Object.values(item).map(jsonObjectOf));
  return operations.find(({ operationId }) => operationId === name);
}
