// What a flow of a real client library gets, and how it plays a person at the sign-in pages.
import { readFileSync } from 'node:fs';
import { type AtClient, atClient, createPerson, onPage, type Seen, type SeenPage } from '../../support/person.ts';

export interface Setting {
  /** `https://127.0.0.1:<port>` */
  readonly origin: string;
  /** The emulator's one tenant of these flows. */
  readonly tenant: { readonly id: string; readonly domain: string };
  readonly server: { readonly clientId: string; readonly secret: string; readonly redirectUri: string };
  readonly daemon: { readonly clientId: string; readonly pemFile: string };
  readonly phone: { readonly clientId: string };
  readonly user: { readonly displayName: string; readonly upn: string; readonly password: string };
  /** A device's UNSID to post to, and the application it is subscribed for. */
  readonly unsid: string;
  readonly application: string;
}

/** Its result goes to the test as JSON. */
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

/** The user's button, else the one that goes on. */
function buttonOf({ buttons }: SeenPage, name: string): string {
  return buttons.find((label) => label.includes(name)) ?? buttons.find((label) => /^(Accept|Continue)/.test(label)) ?? name;
}

/** Presses the user's button, and Accept where consent is asked for, until the browser is sent to the client. */
export async function signInAs({ user }: Pick<Setting, 'user'>, address: string): Promise<AtClient> {
  const { origin, pathname, search } = new URL(address);
  let seen: Seen = await createPerson(origin).open(`${pathname}${search}`);
  // Sign in, agree where that is asked for, and go on where the browser would by itself: three pages at most.
  for (let pages = 0; seen.kind === 'page' && pages < 3; pages += 1) seen = await seen.press(buttonOf(seen, user.displayName));
  return atClient(seen);
}

/** Types a device's code where the device says. */
export async function approveDevice({ user }: Pick<Setting, 'user'>, address: string, code: string): Promise<void> {
  const { origin, pathname } = new URL(address);
  const asked = onPage(await createPerson(origin).open(pathname));
  const known = onPage(await asked.press('Next', { user_code: code }));
  await onPage(await known.press(buttonOf(known, user.displayName))).press('Accept');
}
