// Finds the UNSID for `unsid send --user`: that of one of the user's devices, listed with a development token of the user.
import { createClient } from '../../client/client.ts';
import { serviceErrorOf } from '../../client/graph-error.ts';
import { listOf, memberOf, textMemberOf } from '../../values/json.ts';
import { CliError } from '../terminal/cli-error.ts';
import { safeLine, shellWord } from '../terminal/text.ts';

export interface RecipientParts {
  /** Alias. */
  readonly user: string;
  /** `targetHostName` of the request. */
  readonly application: unknown;
  readonly url: string;
  readonly signal: AbortSignal;
  /** The command line that starts this program. */
  readonly command: string;
  readonly fetch?: typeof fetch;
}

export interface Recipient {
  readonly unsid: string;
  /** A development token of the user, which is a client of every application; which app servers may send is not known here. */
  readonly token: string;
}

interface Found {
  readonly unsid: string;
  readonly application: string;
}

function foundIn(body: unknown): readonly Found[] {
  return listOf(memberOf(body, 'value')).flatMap((subscription) => {
    const [unsid, application] = ['userNotificationSubscriptionId', 'application'].map((name) => textMemberOf(subscription, name));
    return unsid !== undefined && application !== undefined ? [{ unsid, application }] : [];
  });
}

/** @throws CliError when the service refuses the development token, or the user has no device for the application */
export async function recipientOf({ user, application, url, signal, command, fetch }: RecipientParts): Promise<Recipient> {
  if (typeof application !== 'string') throw new CliError('--user needs an application: pass --app, or set targetHostName in the file');
  const token = `dev.user.${user}`;
  const answer = await createClient({ url, token, signal, ...(fetch ? { fetch } : {}) }).listSubscriptions();
  const error = serviceErrorOf(answer);
  if (error)
    throw new CliError(
      `the devices of ${user} cannot be listed with the development token ${token} (${error.status} ${error.code}: ${error.message}); pass an UNSID with --unsid instead`,
    );
  const own = foundIn(answer.body).find((found) => found.application.toLowerCase() === application.toLowerCase());
  if (own) return { unsid: own.unsid, token };
  const start = `${command} device --user ${shellWord(safeLine(user))} --platform iOS --app ${shellWord(safeLine(application))}`;
  throw new CliError(`${user} has no device that is subscribed for ${application}; start one with: ${start}`);
}
