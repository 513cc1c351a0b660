// The certificate of the local authority: read from its folder while it is valid, otherwise issued again.
import { type CertificateFolder, createCertificateFolder, type Files } from './certificate-folder.ts';
import { loopbackHosts } from './hosts.ts';
import type { ServedCertificate } from './served-certificate.ts';
import { type Issued, isLasting, isUsable, readStored, type StoredCertificate, textOf } from './stored-certificate.ts';

export interface LocalCertificateOptions {
  readonly dataFolder: string;
  /** Hosts in addition to the loopback ones, normalised by `hostOf`. */
  readonly hosts: readonly string[];
  /** Real time, in milliseconds since 1970. */
  readonly now: () => number;
  /** Issues authority and certificate. Default: `issueCertificate`. */
  readonly issue?: (hosts: readonly string[], now: number) => Promise<Issued>;
}

interface Parts {
  readonly folder: CertificateFolder;
  readonly hosts: readonly string[];
  readonly now: () => number;
  readonly issue: NonNullable<LocalCertificateOptions['issue']>;
}

/** @throws CertificateError when there is no certificate and none can be stored */
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
    // Another process may have issued one meanwhile.
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

/** True if the authority file for clients has the authority of this certificate. */
const isComplete = ({ authority }: Files, stored: StoredCertificate): boolean => authority?.trim() === stored.authority;

/** Includes the hosts of the previous certificate, so that two emulators with different hosts do not replace each other's in turn. */
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
      // Another emulator has replaced it, together with the authority file for clients.
      if (usable && usable.certificate !== cert) return serve(usable, parts);
      // A valid certificate whose files the user has deleted is still served, and not written again.
      return isLasting(stored, now) ? undefined : open(parts);
    },
  };
}

const union = (some: readonly string[], others: readonly string[]): readonly string[] => [...new Set([...some, ...others])];
