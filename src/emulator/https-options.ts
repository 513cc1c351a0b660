// What https is served with: judges the options, opens the certificate for them, and says by which host it is reached.
import { isUnspecifiedHost } from '../net/loopback.ts';
import { StartError } from '../runtime/start-options.ts';
import { CertificateError } from '../tls/certificate-error.ts';
import { dataFolderOf } from '../tls/data-folder.ts';
import { hostOf, loopbackHosts, urlHost } from '../tls/hosts.ts';
import { openLocalCertificate } from '../tls/local-certificate.ts';
import { openOwnCertificate } from '../tls/own-certificate.ts';
import type { ServedCertificate } from '../tls/served-certificate.ts';

/** How https is served; everything may be left out. */
export interface HttpsOptions {
  /** TCP port; 0 (the default) takes a free one. */
  readonly port?: number;
  /** Host names and addresses that the certificate is for, besides localhost, 127.0.0.1, ::1 and the address listened on. */
  readonly hosts?: readonly string[];
  /** Your own certificate (path of a PEM file, with its chain) instead of one made here. Needs `key`. */
  readonly cert?: string;
  /** The private key of `cert` (path of a PEM file), not encrypted. */
  readonly key?: string;
  /** Where the local authority and its certificate are kept. Default: `UNSID_DATA_DIR`, else the user's data folder for `unsid`. */
  readonly dataFolder?: string;
}

export interface ServingOptions {
  readonly port?: number;
  readonly host?: string;
  readonly http?: boolean;
  readonly https?: boolean | HttpsOptions;
}

/** Undefined when https is not served. */
export function httpsOptionsOf({ https }: ServingOptions): HttpsOptions | undefined {
  if (https === undefined || https === false) return undefined;
  return https === true ? {} : https;
}

/** The first fault, as one line; undefined when there is none. */
export function httpsFaultOf(options: ServingOptions): string | undefined {
  const https = httpsOptionsOf(options);
  if (!https) return options.http === false ? 'http: false needs https, or nothing would be served' : undefined;
  const { port = 0, hosts = [], cert, key } = https;
  if (!(Number.isInteger(port) && port >= 0 && port <= 65_535)) return `https port ${port}: expected a whole number from 0 to 65535`;
  const strange = hosts.find((host) => hostOf(host) === undefined);
  if (strange !== undefined) return `https host '${strange}': expected a host name or an IP address, without port and wildcard`;
  if ((cert === undefined) !== (key === undefined)) return 'a certificate and its key go together: give both, or none to have them made';
  if (cert !== undefined && hosts.length > 0) return 'your own certificate is for the hosts that it names: give no others with it';
  return undefined;
}

/** The user's own, or one by the local authority. @throws StartError */
export async function openCertificate(
  { cert, key, hosts = [], dataFolder }: HttpsOptions,
  { host, realNow }: { readonly host: string; readonly realNow: () => number },
): Promise<ServedCertificate> {
  try {
    if (cert !== undefined && key !== undefined) return await openOwnCertificate({ cert, key });
    const asked = [...hosts, reachedBy(host)].flatMap((each) => hostOf(each) ?? []);
    return await openLocalCertificate({ dataFolder: dataFolderOf(dataFolder, process.env), hosts: asked, now: realNow });
  } catch (error) {
    throw error instanceof CertificateError ? new StartError(error.message) : error;
  }
}

/** Where https is served that listens on this address: by a name that the certificate is for. */
export const httpsUrlOf = (host: string, port: number): string => `https://${urlHost(reachedBy(host))}:${port}`;

function reachedBy(host: string): string {
  const known = hostOf(host) ?? host;
  // `localhost` is what client libraries and browsers have special rules for.
  return known === loopbackHosts[1] || isUnspecifiedHost(known) ? 'localhost' : known;
}
