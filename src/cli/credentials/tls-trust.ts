// Chooses the certificate authority that a command trusts: that of --ca, or for https on this machine that of the local emulator.

import { type Trust, trustIn } from '../../client/node/trust.ts';
import { type ServiceTransport, trustedTransport } from '../../client/node/trusted-transport.ts';
import { isSecureLoopbackUrl } from '../../net/loopback.ts';
import { knownAuthority } from '../../tls/data-folder.ts';
import { CliError } from '../terminal/cli-error.ts';
import { readTextFile } from '../text-file.ts';

async function trustInFile(file: string, appliesTo?: (url: string) => boolean): Promise<Trust> {
  const pem = await readTextFile(file);
  try {
    return trustIn(pem, appliesTo);
  } catch {
    throw new CliError(`${file}: expected a certificate in PEM format, and found none`);
  }
}

export interface TrustOptions {
  /** `--ca`. */
  readonly ca: string | undefined;
  /** The URLs that will be called. */
  readonly urls: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Returns the trust in an additional authority, or undefined if Node's own trust is enough.
 * @throws CliError when the file of --ca cannot be used
 */
export async function trustFor({ ca, urls, env }: TrustOptions): Promise<Trust | undefined> {
  if (ca !== undefined) return trustInFile(ca);
  const local = urls.some(isSecureLoopbackUrl) ? knownAuthority(env) : undefined;
  return local === undefined ? undefined : trustInFile(local, isSecureLoopbackUrl);
}

/**
 * How to options these URLs; nothing where Node's own trust is enough.
 * @throws CliError when the file of --ca cannot be used
 */
export async function transportFor(options: TrustOptions): Promise<Partial<ServiceTransport>> {
  const trust = await trustFor(options);
  return trust === undefined ? {} : trustedTransport(trust);
}
