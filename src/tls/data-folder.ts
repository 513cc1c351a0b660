// Where certificates are kept: the user's data folder, and the files in it that other programs are told of.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The one that is given, else `UNSID_DATA_DIR`, else where this system keeps a program's data. Always absolute, to be used from anywhere. */
export function dataFolderOf(given: string | undefined, env: Environment): string {
  return resolve(given || env['UNSID_DATA_DIR'] || envPaths('unsid', { suffix: '' }).data);
}

/** The folder of the local authority and its certificate. */
export const certificateFolderIn = (dataFolder: string): string => join(dataFolder, 'https');

/** The certificate of the local authority: what clients are to trust. */
export const authorityFileIn = (dataFolder: string): string => join(certificateFolderIn(dataFolder), 'ca.pem');

/** The path of the local authority's certificate, if `unsid start --https` has made one for this user; for commands that talk to it. */
export function knownAuthority(env: Environment): string | undefined {
  const file = authorityFileIn(dataFolderOf(undefined, env));
  return existsSync(file) ? file : undefined;
}
