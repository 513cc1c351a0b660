// What a document says about all its requests (`x-requests`): names without case (F50), nulls and empty headers that count as not sent (F49, F56).

import { isJsonObject } from '../values/json.ts';
import { DocumentError } from './document-error.ts';
import type { Document } from './documents.ts';

export interface RequestRules {
  /** Member names, enum values, path segments and query names of the document are compared without case. */
  readonly ignoresCase: boolean;
  /** A null of a member of the document is a member that was not sent. */
  readonly dropsNulls: boolean;
  /** A header without a value is one that was not sent. */
  readonly dropsEmptyHeaders: boolean;
}

/** Requests as the schemas have them: without the extension, and for everything that is no request. */
export const exactly: RequestRules = { ignoresCase: false, dropsNulls: false, dropsEmptyHeaders: false };

/** @throws DocumentError */
export function requestRulesOf({ tree, file }: Pick<Document, 'tree' | 'file'>): RequestRules {
  const stated = tree['x-requests'];
  if (stated === undefined) return exactly;
  if (!isJsonObject(stated)) throw new DocumentError(file, 'x-requests', 'must be an object with case, nulls and emptyHeaders');
  const { case: letterCase = 'sensitive', nulls = 'values', emptyHeaders = 'values' } = stated;
  if (letterCase !== 'sensitive' && letterCase !== 'insensitive') {
    throw new DocumentError(file, 'x-requests case', 'must be sensitive or insensitive');
  }
  if (nulls !== 'values' && nulls !== 'absent') throw new DocumentError(file, 'x-requests nulls', 'must be values or absent');
  if (emptyHeaders !== 'values' && emptyHeaders !== 'absent') {
    throw new DocumentError(file, 'x-requests emptyHeaders', 'must be values or absent');
  }
  return { ignoresCase: letterCase === 'insensitive', dropsNulls: nulls === 'absent', dropsEmptyHeaders: emptyHeaders === 'absent' };
}
