// The three modes of `unsid device`, and the options that have an effect in each.
import type { PlatformType } from '../../client/wire.ts';
import { type CredentialFlags, optionOf, type TrustFlags } from '../credentials/credential-flags.ts';
import { UsageError } from '../terminal/cli-error.ts';

/** The options that were given on the command line. */
export interface DeviceFlags extends CredentialFlags, TrustFlags {
  readonly user?: string;
  readonly platform?: PlatformType;
  readonly app?: string;
  readonly deviceId?: string;
  readonly displayName?: string;
  readonly url?: string;
  readonly token?: string;
  readonly appToken?: string;
  readonly json?: boolean;
  readonly batterySaver?: boolean;
  readonly envelope?: boolean;
  readonly count?: number;
  readonly users?: number;
  readonly script?: string;
}

/** The same with the URL filled in. */
export type DeviceRunFlags = DeviceFlags & { readonly url: string };

type Mode = 'one' | 'fleet' | 'script';

const allModes: readonly Mode[] = ['one', 'fleet', 'script'];
const modesOf: Readonly<Record<keyof DeviceFlags, readonly Mode[]>> = {
  user: ['one', 'fleet'],
  platform: ['one', 'fleet'],
  app: allModes,
  deviceId: ['one'],
  displayName: ['one'],
  url: allModes,
  token: ['one', 'fleet'],
  appToken: ['script'],
  json: allModes,
  batterySaver: ['one', 'fleet'],
  envelope: ['one'],
  count: ['fleet'],
  users: ['fleet'],
  script: ['script'],
  // A script has generated users, who are unknown to an identity platform.
  authority: ['one', 'fleet'],
  clientId: ['one', 'fleet'],
  clientSecret: ['one', 'fleet'],
  certificate: ['one', 'fleet'],
  username: ['one', 'fleet'],
  password: ['one', 'fleet'],
  scope: ['one', 'fleet'],
  ca: allModes,
};
const chosenBy = { fleet: '--count', script: '--script' } as const;

function isFlag(name: string): name is keyof DeviceFlags {
  return Object.hasOwn(modesOf, name);
}

/**
 * Returns the mode that the options select.
 * @throws UsageError for an option that would have no effect in it.
 */
export function modeOf(flags: DeviceFlags): Mode {
  const mode: Mode = flags.script !== undefined ? 'script' : flags.count !== undefined ? 'fleet' : 'one';
  for (const name of Object.keys(flags).filter(isFlag)) {
    if (modesOf[name].includes(mode)) continue;
    if (mode !== 'one') throw new UsageError(`${optionOf(name)} has no effect with ${chosenBy[mode]}; leave it out`);
    throw new UsageError(`${optionOf(name)} needs ${modesOf[name].includes('fleet') ? chosenBy.fleet : chosenBy.script}`);
  }
  if (flags.envelope && flags.batterySaver) throw new UsageError('--battery-saver has no effect with --envelope; leave it out');
  return mode;
}
