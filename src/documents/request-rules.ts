// What a document says about all its requests (`x-requests`): letter case (F50, F56), nulls that count as not sent (F49).

import { isJsonObject } from '../values/json.ts';
import { DocumentError } from './document-error.ts';
import type { Document } from './documents.ts';

export interface RequestRules {
  /** Member names, enum values, path segments and query names of the document are compared without case. */
  readonly ignoresCase: boolean;
  /** Path segments are, whatever holds for the rest. */
  readonly ignoresPathCase: boolean;
  /** A null of a member of the document is a member that was not sent. */
  readonly dropsNulls: boolean;
}

/** Requests as the schemas have them: without the extension, and for everything that is no request. */
export const exactly: RequestRules = { ignoresCase: false, ignoresPathCase: false, dropsNulls: false };

/** @throws DocumentError */
export function requestRulesOf({ tree, file }: Pick<Document, 'tree' | 'file'>): RequestRules {
  const stated = tree['x-requests'];
  if (stated === undefined) return exactly;
  if (!isJsonObject(stated)) throw new DocumentError(file, 'x-requests', 'must be an object with case and nulls');
  const { case: letterCase = 'sensitive', nulls = 'values' } = stated;
  if (letterCase !== 'sensitive' && letterCase !== 'insensitive-paths' && letterCase !== 'insensitive') {
    throw new DocumentError(file, 'x-requests case', 'must be sensitive, insensitive-paths or insensitive');
  }
  if (nulls !== 'values' && nulls !== 'absent') throw new DocumentError(file, 'x-requests nulls', 'must be values or absent');
  return {
    ignoresCase: letterCase === 'insensitive',
    ignoresPathCase: letterCase !== 'sensitive',
    dropsNulls: nulls === 'absent',
  };
}
