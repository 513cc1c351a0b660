// What a flow of a real client library gets, and how it plays a person at the sign-in pages.
import { readFileSync } from 'node:fs';
import { walkPages } from '../../support/page-walker.ts';

export interface Setting {
  /** `https://127.0.0.1:<port>` */
  readonly origin: string;
  /** The emulator's one tenant of these flows. */
  readonly tenant: { readonly id: string; readonly domain: string };
  readonly server: { readonly clientId: string; readonly secret: string; readonly redirectUri: string };
  readonly daemon: { readonly clientId: string; readonly pemFile: string };
  readonly phone: { readonly clientId: string };
  readonly user: { readonly alias: string; readonly upn: string; readonly password: string };
  /** A device's UNSID to post to, and the application it is subscribed for. */
  readonly unsid: string;
  readonly application: string;
}

/** What it returns is told to the test as JSON. */
export type Flow = (setting: Setting) => Promise<unknown>;

export const graphScope = 'https://graph.microsoft.com/Notifications.ReadWrite.CreatedByApp';
export const graphDefault = 'https://graph.microsoft.com/.default';

export const hostOf = ({ origin }: Setting): string => new URL(origin).host;

/** Certificate and key of the daemon client. */
export function certificateOf({ daemon }: Setting): { readonly certificate: string; readonly privateKey: string } {
  const pem = readFileSync(daemon.pemFile, 'utf8');
  const part = (label: string) => new RegExp(`-----BEGIN ${label}-----[\\s\\S]*?-----END ${label}-----`).exec(pem)?.[0] ?? '';
  return { certificate: part('CERTIFICATE'), privateKey: part('PRIVATE KEY') };
}

/** Presses the user's button, and Accept where consent is asked for; the address that the browser is sent to, with the code. */
export async function signInAs(alias: string, address: string): Promise<URL> {
  return walkPages(address, { sign_in: alias, consent: 'accept' });
}
