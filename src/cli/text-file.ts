// Reads a text file that the command line names, and says in one way why it cannot be read.
import { readFile } from 'node:fs/promises';
import { Failure } from './terminal-failure.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'that is not allowed',
};

/** @throws Failure `FILE: cannot be read: …` */
export async function readTextFile(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`${file}: cannot be read: ${REASONS[error.code ?? ''] ?? error.message}`);
  });
}
