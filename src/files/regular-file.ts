// Reads the files that an emulator is started with: regular files only, because reading a pipe or a device may never end.
import { readFile, stat } from 'node:fs/promises';

/** @throws Error with the `code` of Node, or without one for a file that is not regular */
export async function readRegularFile(path: string): Promise<Buffer> {
  const stats = await stat(path);
  // Node's own error for a folder has a code, which has its wording already.
  if (stats.isFile() || stats.isDirectory()) return readFile(path);
  throw new Error('it is a pipe or a device, not a regular file; write it to a file first');
}
