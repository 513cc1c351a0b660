// The https options of `unsid start`: parsing, validation, and the instructions for trusting the certificate authority.
import { type Command, InvalidArgumentError } from 'commander';
import type { EmulatorOptions } from '../../emulator.ts';
import { hostOf } from '../../tls/hosts.ts';
import { UsageError } from '../terminal/cli-error.ts';
import { portNumber } from '../terminal/options.ts';
import { safeLine, shellWord } from '../terminal/text.ts';

export interface HttpsFlags {
  readonly https?: boolean;
  readonly httpsPort: number;
  readonly httpsHost?: readonly string[];
  readonly http: boolean;
  readonly cert?: string;
  readonly key?: string;
}

export function addHttpsOptions(command: Command): Command {
  return command
    .option('--https', 'also serve https, with a generated certificate that is stored in your data folder (or UNSID_DATA_DIR)')
    .option('--https-port <port>', 'TCP port for https; 0 selects a free port', portNumber, 4281)
    .option('--https-host <name...>', 'additional host names or addresses for the certificate', hostNames)
    .option('--no-http', 'serve https only')
    .option('--cert <file>', 'use your own certificate instead, in PEM format with its chain')
    .option('--key <file>', 'private key of --cert, in PEM format, not encrypted');
}

/** @throws UsageError when the options contradict each other */
export function httpsOf(flags: HttpsFlags, command: Command): Pick<EmulatorOptions, 'http' | 'https'> {
  const isGiven = (name: string) => command.getOptionValueSource(name) === 'cli';
  const { https, httpsPort, httpsHost, http, cert, key } = flags;
  if (!https) {
    const names = { httpsPort: '--https-port', httpsHost: '--https-host', http: '--no-http', cert: '--cert', key: '--key' };
    const stray = Object.entries(names).find(([name]) => isGiven(name));
    if (stray) throw new UsageError(`${stray[1]} needs --https`);
    return {};
  }
  if ((cert === undefined) !== (key === undefined)) throw new UsageError('--cert and --key need each other: pass both or neither');
  if (cert !== undefined && httpsHost)
    throw new UsageError('--https-host has no effect with --cert, whose certificate contains its hosts; leave it out');
  if (!http && isGiven('port')) throw new UsageError('--port has no effect with --no-http; use --https-port');
  const own = cert === undefined || key === undefined ? {} : { cert, key };
  return { http, https: { port: httpsPort, ...(httpsHost ? { hosts: httpsHost } : {}), ...own } };
}

/** The variable that makes a Node program trust the authority, as a prefix of its command line. */
export const nodeTrust = (caFile: string): string => `NODE_EXTRA_CA_CERTS=${shellWord(caFile)}`;

/** Makes Chromium on Linux trust the authority and replaces an earlier one: the browser reads its user's NSS database. */
function chromiumTrust(file: string): string {
  const certutil = 'certutil -d sql:$HOME/.pki/nssdb';
  return `mkdir -p ~/.pki/nssdb; ${certutil} -D -n unsid 2>/dev/null; ${certutil} -A -n unsid -t C,, -i ${file}`;
}

/** Instructions for other programs. */
export function trustText(caFile: string): string {
  const file = shellWord(safeLine(caFile));
  return `No program on this system trusts this certificate yet. To make one trust it:
  Node              the line above, before the command
  curl              --cacert ${file}
  Python            SSL_CERT_FILE=${file}, REQUESTS_CA_BUNDLE for the package requests
  Go, .NET (Linux)  SSL_CERT_FILE=${file}
  Java              keytool -importcert -noprompt -alias unsid -keystore unsid.p12 -storepass changeit -file ${file}
                    and -Djavax.net.ssl.trustStore=unsid.p12 -Djavax.net.ssl.trustStorePassword=changeit
  Chromium (Linux)  ${chromiumTrust(file)}
                    (certutil is in the package libnss3-tools or nss-tools; restart the browser)
  other browsers    import the file as a certificate authority for websites
SSL_CERT_FILE and REQUESTS_CA_BUNDLE replace the system's authorities. To remove the certificate, delete its folder.
`;
}

function hostNames(text: string, before: readonly string[] = []): readonly string[] {
  const host = hostOf(text);
  if (host === undefined) throw new InvalidArgumentError('Expected a host name or an IP address, without port and wildcard.');
  return [...before, host];
}
