// Alterations that no verdict can show, each with its reason; one that is seen after all is reported too.
import type { DocumentName } from '../../documents/walk.ts';
import { isFull } from '../extent.ts';
import type { Outcome } from './drive.ts';

interface Known {
  readonly document: DocumentName;
  /** Where it stands; of a list, its altered members. */
  readonly place: string;
  readonly members?: readonly (string | number)[];
  /** What an alteration of something else is called. */
  readonly says?: string;
  readonly reason: string;
}

const known: readonly Known[] = [
  {
    document: 'identity.yaml',
    place: '/components/schemas/ErrorNumber/enum',
    members: [16000, 50011, 50058, 65004, 70005, 70007, 700051, 700054, 9002325],
    reason: 'shown on pages and in redirects only, which no schema describes; the table of errors has its type from here',
  },
  {
    document: 'identity.yaml',
    place: '/components/schemas/ErrorName/enum',
    members: ['unsupported_response_type', 'access_denied', 'login_required', 'consent_required', 'interaction_required'],
    reason: 'sent in redirects only, which no schema describes; the table of errors has its type from here',
  },
  ...['wnsEnvelope', 'fcmEnvelope', 'apnsEnvelope', 'webPushEnvelope'].map((name) => ({
    document: 'devices.asyncapi.yaml' as const,
    place: `/components/messages/${name}/name`,
    says: `${name}-altered`,
    reason: 'a name for readers: the envelope of a platform is found by x-platforms',
  })),
];

/** By the list and the member, wherever in the list it stands. */
const keyOf = ({ document, place, says }: Pick<Outcome, 'document' | 'place' | 'says'>) =>
  `${document}#${place.replace(/\/\d+$/, '')} → ${says}`;
const keys = new Set(
  known.flatMap(({ members = [], says, ...place }) => [
    ...members.map((member) => keyOf({ ...place, says: `${member}-altered` })),
    ...(says === undefined ? [] : [keyOf({ ...place, says })]),
  ]),
);

export const isKnownDead = (outcome: Outcome): boolean => keys.has(keyOf(outcome));

/** Those that are among no outcomes of a whole walk, or seen after all. */
export function wronglyDead(outcomes: readonly Outcome[]): readonly string[] {
  const driven = new Set(outcomes.map(keyOf));
  const unseen = new Set(outcomes.filter(({ seenBy }) => seenBy === undefined).map(keyOf));
  return [...keys].filter((key) => (isFull || driven.has(key)) && !unseen.has(key));
}

export const reasonsOfTheDead: string = known
  .map(
    ({ document, place, members = [], says, reason }) =>
      `known to be dead: ${document}#${place} (${says ?? members.join(', ')}), ${reason}`,
  )
  .join('\n');
