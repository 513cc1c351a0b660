// Publishing, wrong in what is read: content that should be refused is accepted, or is understood in another way.
import { aheadOf, reading, unsidIn } from '../edits.ts';
import { at, drop, put, textAt } from '../http-message.ts';
import type { Mutant } from '../mutant.ts';

const delay = 'fallbackPolicy/endpointFallback/fallbackDelayInSeconds';

export const graphReads: readonly Mutant[] = [
  {
    id: 'post-default-expiration-short',
    requirement: 'post-default-expiration',
    says: 'lets a notification without a time expire an hour before its seven days are over',
    kind: 'accepts',
    steps: 'one',
    create: () =>
      reading('postNotification', (body, _request, wire) =>
        body['expirationDateTime'] === undefined ? put(body, 'expirationDateTime', aheadOf(wire, 7 * 86_400_000 - 3_600_000)) : undefined,
      ),
  },
  {
    id: 'post-offset-dropped',
    requirement: 'post-expiration-utc',
    says: 'reads an expiration with an offset as if it were UTC',
    kind: 'accepts',
    steps: 'one',
    create: () =>
      reading('postNotification', (body) => {
        const text = textAt(body, 'expirationDateTime');
        return /[+-]\d\d:\d\d$/.test(text) ? put(body, 'expirationDateTime', text.replace(/[+-]\d\d:\d\d$/, 'Z')) : undefined;
      }),
  },
  {
    id: 'post-raw-excuses-visual',
    requirement: 'post-payload-all-valid',
    says: 'accepts a visualContent without title when there is a rawContent as well',
    kind: 'accepts',
    steps: 'one',
    create: () =>
      reading('postNotification', (body) => {
        const isExcused = textAt(body, 'payload/rawContent') !== '' && at(body, 'payload/visualContent') !== undefined;
        return isExcused && at(body, 'payload/visualContent/title') === undefined ? drop(body, 'payload/visualContent') : undefined;
      }),
  },
  {
    id: 'post-fallback-limit-late',
    requirement: 'post-fallback',
    says: 'accepts a fallback delay of up to 660 seconds',
    kind: 'accepts',
    steps: 'one',
    create: () =>
      reading('postNotification', (body) => {
        const seconds = at(body, delay);
        return typeof seconds === 'number' && seconds > 600 && seconds <= 660 ? put(body, delay, 600) : undefined;
      }),
  },
  {
    id: 'post-any-application',
    requirement: 'post-unsid-application',
    says: 'sends to the application of the UNSID, whatever targetHostName says',
    kind: 'accepts',
    steps: 'several',
    create: () =>
      reading('postNotification', (body, request, wire) => {
        const known = wire.ledger.subscriptions.get(unsidIn(request));
        return known && textAt(body, 'targetHostName') !== '' ? put(body, 'targetHostName', known.application) : undefined;
      }),
  },
];
