// Selects cases by id, requirement or text, and skips those that the target does not support.
import type { Case, Need } from '../case.ts';
import type { ContractOptions } from '../options.ts';
import type { Target } from '../target/target.ts';

/** @param choice `only`, `skip`: ids with `*`; `grep`: any text */
export function selectCases(
  cases: readonly Case[],
  { only, skip, grep }: Pick<ContractOptions, 'only' | 'skip' | 'grep'>,
): readonly Case[] {
  const matches = (patterns: readonly string[]) => {
    const tests = patterns.map((pattern) => new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`));
    return ({ id, requirement }: Case) => tests.some((test) => test.test(id) || test.test(requirement));
  };
  const isWanted = only && only.length > 0 ? matches(only) : () => true;
  const isSkipped = skip && skip.length > 0 ? matches(skip) : () => false;
  const has = (text: string) => (one: Case) => `${one.id} ${one.requirement} ${one.title}`.toLowerCase().includes(text.toLowerCase());
  return cases.filter((one) => isWanted(one) && !isSkipped(one) && (grep === undefined || has(grep)(one)));
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

export interface Abilities {
  readonly target: Target;
  /** The device socket can be accessed directly: the built-in adapter is in use. */
  readonly hasSocket: boolean;
  readonly isSlow: boolean;
}

const surfacesOf: Readonly<Record<Target['profile'], readonly Case['surface'][]>> = {
  graph: ['graph'],
  client: ['graph', 'client'],
  devices: ['graph', 'devices'],
  full: ['graph', 'client', 'devices'],
};

export const slowReason = 'takes minutes in real time; --slow allows it';

/** Returns a function that states why a case cannot run on this target, or undefined if it can. */
export function createSkipReason({ target, hasSocket, isSlow }: Abilities): (one: Case) => string | undefined {
  const hasClient = target.profile === 'client' || target.profile === 'full';
  const lacking: Readonly<Record<Need, string | undefined>> = {
    client: hasClient ? undefined : `the profile ${target.profile} has no client surface`,
    devices: target.devices ? undefined : `the profile ${target.profile} has no devices`,
    socket: hasSocket ? undefined : 'the devices of this target speak another protocol (--adapter)',
    ownUser: target.isUserOfUnsid ? undefined : "the token of the UNSID's user is needed (--user-token)",
    otherUser: target.credentials.otherUser === undefined ? 'a second user is needed (--other-user-token)' : undefined,
    otherApp: target.credentials.otherApp === undefined ? 'a second app server is needed (--other-app-token)' : undefined,
    clock: target.controlUrl === undefined && !isSlow ? "the target's clock cannot be moved; --slow waits in real time" : undefined,
    slow: isSlow ? undefined : slowReason,
  };
  return (one) => {
    if (!surfacesOf[target.profile].includes(one.surface)) return `the profile ${target.profile} leaves the ${one.surface} surface out`;
    return one.needs.map((need) => lacking[need]).find((reason) => reason !== undefined);
  };
}
