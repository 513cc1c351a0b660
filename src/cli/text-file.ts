// Reads a text file that the command line names, and says in one way why a file cannot be used.
import { readFile } from 'node:fs/promises';
import { Failure } from './terminal/failure.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  EACCES: 'access is denied',
  EROFS: 'it is on a file system that cannot be written',
};

/** `there is no such file` */
export function fileProblem(error: NodeJS.ErrnoException): string {
  return REASONS[error.code ?? ''] ?? error.message;
}

/** @throws Failure `FILE: cannot be read: …` */
export async function readTextFile(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`${file}: cannot be read: ${fileProblem(error)}`);
  });
}
