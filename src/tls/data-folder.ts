// Where certificates are stored: the user's data folder, and the files in it that other programs read.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The given folder, otherwise `UNSID_DATA_DIR`, otherwise the system's folder for application data. Always an absolute path. */
export function dataFolderOf(given: string | undefined, env: Environment): string {
  return resolve(given || env['UNSID_DATA_DIR'] || envPaths('unsid', { suffix: '' }).data);
}

/** The folder of the local authority and its certificate. */
export const certificateFolderIn = (dataFolder: string): string => join(dataFolder, 'https');

/** The certificate of the local authority, which clients must trust. */
export const authorityFileIn = (dataFolder: string): string => join(certificateFolderIn(dataFolder), 'ca.pem');

/** The path of the local authority's certificate, if `unsid start --https` has created one for this user. */
export function knownAuthority(env: Environment): string | undefined {
  const file = authorityFileIn(dataFolderOf(undefined, env));
  return existsSync(file) ? file : undefined;
}
