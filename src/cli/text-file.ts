// Reads a text file named on the command line, with one wording for why a file cannot be used.
import { readFile } from 'node:fs/promises';
import { CliError } from './terminal/cli-error.ts';

const fileProblems: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  EACCES: 'access is denied',
  EROFS: 'it is on a file system that cannot be written',
};

/** `there is no such file` */
export function fileProblem(error: NodeJS.ErrnoException): string {
  return fileProblems[error.code ?? ''] ?? error.message;
}

/** @throws CliError `FILE: cannot be read: …` */
export async function readTextFile(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CliError(`${file}: cannot be read: ${fileProblem(error)}`);
  });
}
