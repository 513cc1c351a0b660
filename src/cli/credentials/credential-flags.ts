// Declares the options for real tokens (authority, client, credentials), shared by all commands that call a service.
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

/** In the order of the help text. */
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
    .option('--authority <url>', 'get tokens from this authority, e.g. https://login.microsoftonline.com/<tenant>', authority)
    .option('--client-id <id>', 'registered client; without further credentials a user signs in with a code', notEmpty)
    .option(
      '--client-secret <secret>',
      `secret of the client; prefer ${secretVariable}, since command lines are visible to others`,
      notEmpty,
    )
    .option('--certificate <file>', 'certificate of the client with its private key, in PEM format', notEmpty)
    .option('--username <name>', 'sign in this user with a password, where the platform allows it', notEmpty)
    .option('--password <password>', `password of that user; prefer ${passwordVariable}`, notEmpty)
    .option('--scope <scopes>', 'scopes to request (default: .default of Graph, for a user Notifications.ReadWrite.CreatedByApp)', notEmpty)
    .option('--ca <file>', 'certificate authority to trust for https, in PEM format (a local emulator is trusted automatically)', notEmpty);
}

/** Appended to the help text of each of these commands. */
export const credentialsHelp = `
Real tokens: pass --authority and --client-id, with --client-secret or --certificate for a token of the app itself, or with --username
for a token of a user; without these a user signs in with a code. ${secretVariable} and ${passwordVariable} keep secrets out of the command line.`;
