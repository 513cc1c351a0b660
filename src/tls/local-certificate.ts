// The certificate of the local authority: taken from its folder while it is good, made anew when it is not.
import { type CertificateFolder, createCertificateFolder, type Files } from './certificate-folder.ts';
import { loopbackHosts } from './hosts.ts';
import type { ServedCertificate } from './served-certificate.ts';
import { type Issued, isLasting, isUsable, readStored, type StoredCertificate, textOf } from './stored-certificate.ts';

export interface LocalCertificateOptions {
  readonly dataFolder: string;
  /** In the spelling of `hostOf`, besides the loopback ones. */
  readonly hosts: readonly string[];
  /** Real time, in milliseconds since 1970. */
  readonly now: () => number;
  /** Makes authority and certificate. Default: `issueCertificate`. */
  readonly issue?: (hosts: readonly string[], now: number) => Promise<Issued>;
}

interface Parts {
  readonly folder: CertificateFolder;
  readonly hosts: readonly string[];
  readonly now: () => number;
  readonly issue: NonNullable<LocalCertificateOptions['issue']>;
}

/** @throws CertificateError when none is there and none can be usable */
export async function openLocalCertificate({
  dataFolder,
  hosts,
  now,
  issue = issueLazily,
}: LocalCertificateOptions): Promise<ServedCertificate> {
  return open({ folder: createCertificateFolder(dataFolder), hosts: union(loopbackHosts, hosts), now, issue });
}

const issueLazily = async (hosts: readonly string[], now: number): Promise<Issued> =>
  (await import('./authority.ts')).issueCertificate(hosts, now);

async function open(parts: Parts): Promise<ServedCertificate> {
  const { folder } = parts;
  const files = await folder.read();
  const usable = usableOf(files, parts);
  if (usable && isComplete(files, usable)) return serve(usable, parts);
  return folder.exclusively(async () => {
    // Another process may have been faster.
    const current = await folder.read();
    const found = usableOf(current, parts);
    const stored = found ?? (await makeAnew(current, parts));
    if (!isComplete(current, stored)) await folder.write({ authority: `${stored.authority}\n` });
    return { ...serve(stored, parts), isNew: found === undefined };
  });
}

function usableOf({ server }: Files, { hosts, now }: Parts): StoredCertificate | undefined {
  const stored = readStored(server ?? '');
  return stored && isUsable(stored, hosts, now()) ? stored : undefined;
}

/** Clients are told of this very authority. */
const isComplete = ({ authority }: Files, stored: StoredCertificate): boolean => authority?.trim() === stored.authority;

/** Also for the hosts of the one before: two emulators that were asked for different ones do not replace each other's in turn. */
async function makeAnew({ server }: Files, { folder, hosts, now, issue }: Parts): Promise<StoredCertificate> {
  const text = textOf(await issue(union(hosts, readStored(server ?? '')?.hosts ?? []), now()));
  const stored = readStored(text);
  if (!stored) throw new Error('the certificate that was just made is not valid');
  await folder.write({ server: text });
  return stored;
}

function serve(stored: StoredCertificate, parts: Parts): ServedCertificate {
  const { key, certificate: cert, validTo } = stored;
  return {
    key,
    cert,
    validTo,
    isNew: false,
    caFile: parts.folder.authorityFile,
    renewed: async () => {
      const now = parts.now();
      const usable = usableOf(await parts.folder.read(), parts);
      // Another emulator has replaced it, and the authority that clients are told of with it.
      if (usable && usable.certificate !== cert) return serve(usable, parts);
      // A good one whose files somebody has removed is served on, and not written again behind their back.
      return isLasting(stored, now) ? undefined : open(parts);
    },
  };
}

const union = (some: readonly string[], others: readonly string[]): readonly string[] => [...new Set([...some, ...others])];
