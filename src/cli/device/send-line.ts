// Composes the `unsid send` command that reaches a device, ready to paste into another terminal.
import type { Subscription } from '../../client/wire.ts';
import { defaultUrl } from '../terminal/options.ts';
import { safeLine, shellWord } from '../terminal/text.ts';
import type { DeviceFlags } from './modes.ts';

export interface SendLineParts {
  readonly flags: Pick<DeviceFlags, 'token' | 'authority'>;
  /** Alias of the device's user. */
  readonly alias: string;
  readonly url: string;
  /** The command line that starts this program. */
  readonly command: string;
}

type Subscribed = Pick<Subscription, 'userNotificationSubscriptionId' | 'application'>;

/** Returns the alias in a development token; undefined for every other token. */
function aliasIn(token: string): string | undefined {
  return /^dev\.user\.([^~]+)/.exec(token)?.[1];
}

/** With development tokens the user is enough; a real service needs the token of an app server, for which `$TOKEN` stands. */
export function sendLine({ userNotificationSubscriptionId: unsid, application }: Subscribed, parts: SendLineParts): string {
  const { flags, alias, url, command } = parts;
  const developer = flags.authority !== undefined ? undefined : flags.token === undefined ? alias : aliasIn(flags.token);
  const word = (text: string): string => shellWord(safeLine(text));
  return [
    `${command} send`,
    developer === undefined ? `--unsid ${word(unsid)} --token "$TOKEN"` : `--user ${word(developer)}`,
    `--app ${word(application)} --title 'Hello' --body 'From the app server'`,
    ...(url === defaultUrl ? [] : [`--url ${word(url)}`]),
  ].join(' ');
}
