// The options of `unsid start` that concern https: parsed, judged together, and what is printed of the authority to trust.
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
    .option('--https', 'serve https too, with a certificate made here and kept in your data folder (or UNSID_DATA_DIR)')
    .option('--https-port <port>', 'TCP port of https; 0 takes a free one', portNumber, 4281)
    .option('--https-host <name...>', 'further host names or addresses that the certificate is for', hostNames)
    .option('--no-http', 'serve https alone')
    .option('--cert <file>', 'your own certificate instead, in PEM, with its chain')
    .option('--key <file>', 'the private key of --cert, in PEM, not encrypted');
}

/** @throws UsageError when they make no sense together */
export function httpsOf(flags: HttpsFlags, command: Command): Pick<EmulatorOptions, 'http' | 'https'> {
  const isGiven = (name: string) => command.getOptionValueSource(name) === 'cli';
  const { https, httpsPort, httpsHost, http, cert, key } = flags;
  if (!https) {
    const names = { httpsPort: '--https-port', httpsHost: '--https-host', http: '--no-http', cert: '--cert', key: '--key' };
    const stray = Object.entries(names).find(([name]) => isGiven(name));
    if (stray) throw new UsageError(`${stray[1]} needs --https`);
    return {};
  }
  if ((cert === undefined) !== (key === undefined)) throw new UsageError('--cert and --key go together');
  if (cert !== undefined && httpsHost) throw new UsageError('--https-host has no effect with --cert, which names its hosts itself');
  if (!http && isGiven('port')) throw new UsageError('--port has no effect with --no-http; --https-port is the port of https');
  const own = cert === undefined || key === undefined ? {} : { cert, key };
  return { http, https: { port: httpsPort, ...(httpsHost ? { hosts: httpsHost } : {}), ...own } };
}

/** The line that makes a program on Node trust the authority, to be written before its command. */
export const nodeTrust = (caFile: string): string => `NODE_EXTRA_CA_CERTS=${shellWord(caFile)}`;

/** Makes Chromium on Linux trust it, in place of an earlier one: the browser reads the NSS database of its user. */
function chromiumTrust(file: string): string {
  const certutil = 'certutil -d sql:$HOME/.pki/nssdb';
  return `mkdir -p ~/.pki/nssdb; ${certutil} -D -n unsid 2>/dev/null; ${certutil} -A -n unsid -t C,, -i ${file}`;
}

/** What makes other programs trust it. */
export function trustText(caFile: string): string {
  const file = shellWord(safeLine(caFile));
  return `No program on this system trusts that certificate by itself. How to make it do so:
  Node              the line above, before the command
  curl              --cacert ${file}
  Python            SSL_CERT_FILE=${file}, REQUESTS_CA_BUNDLE for the package requests
  Go, .NET (Linux)  SSL_CERT_FILE=${file}
  Java              keytool -importcert -noprompt -alias unsid -keystore unsid.p12 -storepass changeit -file ${file}
                    and -Djavax.net.ssl.trustStore=unsid.p12 -Djavax.net.ssl.trustStorePassword=changeit
  Chromium (Linux)  ${chromiumTrust(file)}
                    (certutil is in the package libnss3-tools or nss-tools; restart the browser)
  other browsers    import the file as an authority, for websites
SSL_CERT_FILE and REQUESTS_CA_BUNDLE replace the usual authorities. To remove it, delete its folder.
`;
}

function hostNames(text: string, before: readonly string[] = []): readonly string[] {
  const host = hostOf(text);
  if (host === undefined) throw new InvalidArgumentError('expected a host name or an IP address, without port and wildcard.');
  return [...before, host];
}
