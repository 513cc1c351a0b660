// Which authority a command trusts: the one of --ca, or for https on this machine that of the local emulator.
import { lineTrusting, type ServiceLine } from '../../client/node/service-line.ts';
import { type Trust, trustIn } from '../../client/node/trust.ts';
import { isSecureLoopbackUrl } from '../../net/loopback.ts';
import { knownAuthority } from '../../tls/data-folder.ts';
import { Failure } from '../terminal/failure.ts';
import { readTextFile } from '../text-file.ts';

async function trustInFile(file: string, isFor?: (url: string) => boolean): Promise<Trust> {
  const pem = await readTextFile(file);
  try {
    return trustIn(pem, isFor);
  } catch {
    throw new Failure(`${file}: holds no certificate in PEM`);
  }
}

export interface Reach {
  /** `--ca`. */
  readonly ca: string | undefined;
  /** What will be called. */
  readonly urls: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * What to trust beside what Node does; undefined: nothing.
 * @throws Failure when the file of --ca is of no use
 */
export async function trustFor({ ca, urls, env }: Reach): Promise<Trust | undefined> {
  if (ca !== undefined) return trustInFile(ca);
  const local = urls.some(isSecureLoopbackUrl) ? knownAuthority(env) : undefined;
  return local === undefined ? undefined : trustInFile(local, isSecureLoopbackUrl);
}

/**
 * How to reach these URLs; nothing where Node's own trust is enough.
 * @throws Failure when the file of --ca is of no use
 */
export async function trustedLine(reach: Reach): Promise<Partial<ServiceLine>> {
  const trust = await trustFor(reach);
  return trust === undefined ? {} : lineTrusting(trust);
}
