// Which files a document may be made of: its own, and those in its folder that it refers to; nothing else of this machine, nothing of the network.
import { existsSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ParserOptions, ResolverError } from '@apidevtools/json-schema-ref-parser';
import type { JsonObject } from './json.ts';

type ResolveOptions = NonNullable<ParserOptions['resolve']>;

interface UrlReference {
  /** Percent-encoded, with or without `file:`. */
  readonly url: string;
}

/** A file that documents may refer to wherever it lies, and what is read in its place. */
export interface CommonDocument {
  /** Absolute. */
  readonly path: string;
  readonly tree: JsonObject;
}

/**
 * For a document at this absolute path. Where a file of the common document's name lies beside it, that one is read, else the common one.
 * Symbolic links are followed before it is decided where a file lies.
 */
export function resolveOptionsFor(document: string, common: CommonDocument | undefined): ResolveOptions {
  const isCommon = ({ url }: UrlReference): boolean => {
    const path = pathOf(url);
    return common !== undefined && basename(path) === basename(common.path) && (path === common.path || !existsSync(path));
  };
  return {
    http: false,
    file: {
      order: 100,
      canRead: ({ url }: UrlReference) => isLocal(url),
      read: ({ url }: UrlReference) => readInFolder(pathOf(url), document),
    },
    ...(common && { common: { order: 1, canRead: isCommon, read: () => common.tree } }),
  };
}

async function readInFolder(path: string, document: string): Promise<Buffer> {
  try {
    if (path === document) return await readFile(path);
    const folder = await realpath(dirname(document));
    const real = await realpath(path);
    if (isBelow(folder, real)) return await readFile(real);
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
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
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
