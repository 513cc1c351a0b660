// The files of the local certificate: reads them, and replaces them atomically, one process at a time.
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CertificateError, reasonOf } from './certificate-error.ts';
import { authorityFileIn, certificateFolderIn } from './data-folder.ts';

export interface Files {
  /** The server's key, certificate and authority; undefined if it cannot be read. */
  readonly server: string | undefined;
  /** Only the authority, for clients; undefined if it cannot be read. */
  readonly authority: string | undefined;
}

export interface CertificateFolder {
  readonly authorityFile: string;
  read(): Promise<Files>;
  /** Replaces the given files, each atomically. */
  write(files: Partial<Files>): Promise<void>;
  /** Runs while no other process does. @throws CertificateError when the folder cannot be written */
  exclusively<T>(run: () => Promise<T>): Promise<T>;
}

const pollMs = 20;
/** Issuing takes a fraction of a second: a lock that is older belongs to a process that was killed. */
const staleLockMs = 10_000;
const privateFolder = 0o700;
const privateFile = 0o600;

export function createCertificateFolder(dataFolder: string): CertificateFolder {
  const folder = certificateFolderIn(dataFolder);
  const serverFile = join(folder, 'server.pem');
  const authorityFile = authorityFileIn(dataFolder);
  const lockFile = join(folder, 'issuing.lock');

  const unwritable = (error: unknown) =>
    new CertificateError(`${folder}: the certificate cannot be stored there: ${reasonOf(error)}; set UNSID_DATA_DIR to another folder`);

  async function lock(): Promise<void> {
    await mkdir(folder, { recursive: true, mode: privateFolder });
    await closeToOthers(folder);
    for (;;) {
      try {
        await writeFile(lockFile, `${process.pid}\n`, { flag: 'wx', mode: privateFile });
        return;
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      }
      const lockedAt = await stat(lockFile).then(
        ({ mtimeMs }) => mtimeMs,
        () => undefined,
      );
      // Includes a lock from the future, after the clock was set back.
      if (lockedAt !== undefined && Math.abs(Date.now() - lockedAt) > staleLockMs) await rm(lockFile, { recursive: true, force: true });
      else await wait(pollMs);
    }
  }

  return {
    authorityFile,
    read: async () => {
      await closeToOthers(serverFile);
      const [server, authority] = await Promise.all(
        [serverFile, authorityFile].map((file) => readFile(file, 'utf8').catch(() => undefined)),
      );
      return { server, authority };
    },
    write: async ({ server, authority }) => {
      try {
        if (server !== undefined) await replace(serverFile, server, privateFile);
        if (authority !== undefined) await replace(authorityFile, authority, 0o644);
      } catch (error) {
        throw unwritable(error);
      }
    },
    exclusively: async (run) => {
      await lock().catch((error: unknown) => {
        throw unwritable(error);
      });
      try {
        return await run();
      } finally {
        await rm(lockFile, { force: true });
      }
    },
  };
}

/** Does not follow symbolic links or block on a pipe; on systems without one of these flags, it is 0. */
const withoutFollowing = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Removes the permissions of group and others. Leaves targets of symbolic links unchanged, and does nothing on systems without file modes. */
async function closeToOthers(path: string): Promise<void> {
  try {
    const handle = await open(path, withoutFollowing);
    try {
      const { mode } = await handle.stat();
      if ((mode & 0o077) !== 0) await handle.chmod(mode & 0o700);
    } finally {
      await handle.close();
    }
  } catch {}
}

/** Atomic: a reader sees the old text or the new one, never a part. */
async function replace(file: string, text: string, mode: number): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(temporary, text, { flag: 'wx', mode, flush: true });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
