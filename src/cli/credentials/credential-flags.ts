// The flags that say who asks for real tokens and where, shared by all commands that call a service.
import { type Command, InvalidArgumentError } from 'commander';
import { authorityOf } from '../../client/identity-client.ts';
import { notEmpty } from '../terminal/options.ts';

export interface CredentialFlags {
  readonly authority?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly certificate?: string;
  readonly username?: string;
  readonly password?: string;
  readonly scope?: string;
}

export interface TrustFlags {
  readonly ca?: string;
}

/** In the order in which help shows them. */
export const credentialFlags = ['authority', 'clientId', 'clientSecret', 'certificate', 'username', 'password', 'scope'] as const;

export const secretVariable = 'UNSID_CLIENT_SECRET';
export const passwordVariable = 'UNSID_PASSWORD';

export function authority(text: string): string {
  try {
    return authorityOf(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

export const optionOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Adds them to a command's options. */
export function addCredentialOptions(command: Command): Command {
  return command
    .option('--authority <url>', 'get real tokens there, e.g. https://login.microsoftonline.com/<tenant>', authority)
    .option('--client-id <id>', 'the registered client that asks; alone, a person signs in with a code', notEmpty)
    .option('--client-secret <secret>', `its secret; others see command lines, so rather set ${secretVariable}`, notEmpty)
    .option('--certificate <file>', 'or its certificate with the private key (PEM)', notEmpty)
    .option('--username <name>', 'sign this user in with a password, where the platform allows that', notEmpty)
    .option('--password <password>', `their password; rather set ${passwordVariable}`, notEmpty)
    .option(
      '--scope <scopes>',
      'what the token is for (default: .default of Graph, of a user Notifications.ReadWrite.CreatedByApp)',
      notEmpty,
    )
    .option('--ca <file>', 'authority to trust for https (PEM); that of a local emulator is trusted by itself', notEmpty);
}

/** For the help of each of these commands. */
export const credentialsHelp = `
Real tokens: --authority and --client-id, with --client-secret or --certificate for the app itself, with --username for a user,
alone for a user who signs in with a code. Secrets: ${secretVariable} and ${passwordVariable} keep them out of the command line.`;
