// Restricts which files a document may reference: only files in its own folder, and nothing on the network.
import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ParserOptions, ResolverError } from '@apidevtools/json-schema-ref-parser';
import { readRegularFile } from '../files/regular-file.ts';
import type { JsonObject } from '../values/json.ts';

type ResolveOptions = NonNullable<ParserOptions['resolve']>;

interface UrlReference {
  /** Percent-encoded, with or without `file:`. */
  readonly url: string;
}

/** A file that documents in any folder may reference, and the content that is used for it. */
export interface CommonDocument {
  /** Absolute. */
  readonly path: string;
  readonly tree: JsonObject;
}

/**
 * `document` is an absolute path. A file with a common document's name in the same folder takes precedence over the common document.
 * Symbolic links are resolved before a file's folder is checked.
 */
export function resolveOptionsFor(document: string, common: readonly CommonDocument[]): ResolveOptions {
  const commonOf = ({ url }: UrlReference): CommonDocument | undefined => {
    const path = pathOf(url);
    return common.find((one) => basename(path) === basename(one.path) && (path === one.path || !existsSync(path)));
  };
  return {
    http: false,
    file: {
      order: 100,
      canRead: ({ url }: UrlReference) => isLocal(url),
      read: ({ url }: UrlReference) => readInFolder(pathOf(url), document),
    },
    common: {
      order: 1,
      canRead: (reference: UrlReference) => commonOf(reference) !== undefined,
      read: (reference: UrlReference) => commonOf(reference)?.tree,
    },
  };
}

async function readInFolder(path: string, document: string): Promise<Buffer> {
  try {
    if (path === document) return await readRegularFile(path);
    const folder = await realpath(dirname(document));
    const real = await realpath(path);
    if (isBelow(folder, real)) return await readRegularFile(real);
  } catch (error) {
    const { message } = error instanceof Error ? error : { message: String(error) };
    throw new ResolverError(new Error(`Error opening file ${path}: ${message}`), path);
  }
  throw new ResolverError(
    new Error(`refers to ${path}, which is outside the folder of the document; $ref reads only files in that folder: copy it there`),
    path,
  );
}

function isBelow(folder: string, path: string): boolean {
  const relativePath = relative(folder, path);
  return relativePath !== '' && relativePath !== '..' && !relativePath.startsWith(`..${sep}`) && !isAbsolute(relativePath);
}

const isLocal = (url: string): boolean => /^file:/i.test(url) || !/^[a-z][a-z0-9+.-]+:/i.test(url);

function pathOf(url: string): string {
  if (/^file:/i.test(url)) return fileURLToPath(url);
  try {
    return resolve(decodeURIComponent(url));
  } catch {
    return resolve(url);
  }
}
