// Finds the UNSID that `unsid send --user` posts to: that of one of the user's devices, with the development token of that user.
import { createClient } from '../../client/client.ts';
import { serviceErrorOf } from '../../client/graph-error.ts';
import { CliError } from '../terminal/cli-error.ts';
import { safeLine, shellWord } from '../terminal/text.ts';

export interface RecipientParts {
  /** Alias. */
  readonly user: string;
  /** `targetHostName` of the request. */
  readonly application: unknown;
  readonly url: string;
  readonly signal: AbortSignal;
  /** What starts this program here. */
  readonly command: string;
  readonly fetch?: typeof fetch;
}

export interface Recipient {
  readonly unsid: string;
  /** A client of every application, registered ones too: what app server may send is not known here. */
  readonly token: string;
}

interface Found {
  readonly unsid: string;
  readonly application: string;
}

function foundIn(body: unknown): readonly Found[] {
  const list: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'value') : undefined;
  return (Array.isArray(list) ? list : []).flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null) return [];
    const [unsid, application]: readonly unknown[] = ['userNotificationSubscriptionId', 'application'].map((name) =>
      Reflect.get(one, name),
    );
    return typeof unsid === 'string' && typeof application === 'string' ? [{ unsid, application }] : [];
  });
}

/** @throws CliError when the service refuses the development token, or the user has no device for the application */
export async function recipientOf({ user, application, url, signal, command, fetch }: RecipientParts): Promise<Recipient> {
  if (typeof application !== 'string')
    throw new CliError('--user needs the application: name it with --app, or as targetHostName in the file');
  const token = `dev.user.${user}`;
  const answer = await createClient({ url, token, signal, ...(fetch ? { fetch } : {}) }).listSubscriptions();
  const error = serviceErrorOf(answer);
  if (error)
    throw new CliError(
      `the devices of ${user} cannot be listed with the development token ${token} (${error.status} ${error.code}: ${error.message}); name an UNSID with --unsid`,
    );
  const own = foundIn(answer.body).find((one) => one.application.toLowerCase() === application.toLowerCase());
  if (own) return { unsid: own.unsid, token };
  const start = `${command} device --user ${shellWord(safeLine(user))} --platform iOS --app ${shellWord(safeLine(application))}`;
  throw new CliError(`${user} has no device that is subscribed for ${application}; start one: ${start}`);
}
