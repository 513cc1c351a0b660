// Faults of the target of a publication: invalid applications, platforms and fallbacks are accepted.
import { reading, unsidIn } from '../wire/edits.ts';
import { at, drop, isObject, put, textAt } from '../wire/http-message.ts';
import type { FaultyTarget } from './fault.ts';

const delay = 'fallbackPolicy/endpointFallback/fallbackDelayInSeconds';

const fallbackPlatforms = 'fallbackPolicy/endpointFallback/platformTypes';

const platforms = 'targetPolicy/platformTypes';

const known = ['windows', 'ios', 'android', 'webpush'];

const listAt = (body: unknown, path: string): readonly unknown[] => {
  const list = at(body, path);
  return Array.isArray(list) ? list : [];
};

const isIn = (list: readonly unknown[], platform: string) => list.some((one) => String(one).toLowerCase() === platform);

export const graphTargets: readonly FaultyTarget[] = [
  {
    id: 'post-fallback-limit-late',
    requirement: 'post-fallback',
    description: 'accepts a fallback delay of up to 660 seconds',
    create: () =>
      reading('postNotification', (body) => {
        const seconds = at(body, delay);
        return typeof seconds === 'number' && seconds > 600 && seconds <= 660 ? put(body, delay, 600) : undefined;
      }),
  },
  {
    id: 'post-any-application',
    requirement: 'post-unsid-application',
    description: 'sends to the application of the UNSID regardless of targetHostName',
    create: () =>
      reading('postNotification', (body, request, wire) => {
        const known = wire.ledger.subscriptions.get(unsidIn(request));
        return known && textAt(body, 'targetHostName') !== '' ? put(body, 'targetHostName', known.application) : undefined;
      }),
  },
  {
    id: 'post-unknown-platform-ignored',
    requirement: 'post-platforms',
    description: 'ignores an unknown platform beside a known one',
    create: () =>
      reading('postNotification', (body) => {
        const list = listAt(body, platforms);
        const kept = list.filter((one) => known.includes(String(one).toLowerCase()));
        return kept.length > 0 && kept.length < list.length ? put(body, platforms, kept) : undefined;
      }),
  },
  {
    id: 'post-no-platform-is-all',
    requirement: 'post-platforms',
    description: 'treats an empty list of platforms as all platforms',
    create: () =>
      reading('postNotification', (body) =>
        Array.isArray(at(body, platforms)) && listAt(body, platforms).length === 0 ? drop(body, 'targetPolicy') : undefined,
      ),
  },
  {
    id: 'post-host-guessed',
    requirement: 'post-host-required',
    description: 'uses the application of the UNSID when targetHostName is missing',
    create: () =>
      reading('postNotification', (body, request, wire) => {
        const subscription = wire.ledger.subscriptions.get(unsidIn(request));
        return subscription && body['targetHostName'] === undefined ? put(body, 'targetHostName', subscription.application) : undefined;
      }),
  },
  {
    id: 'post-fallback-without-ios',
    requirement: 'post-fallback-needs-ios',
    description: 'accepts a fallback policy although iOS is not targeted',
    create: () =>
      reading('postNotification', (body) => {
        const list = listAt(body, platforms);
        return body['fallbackPolicy'] !== undefined && list.length > 0 && !isIn(list, 'ios') ? drop(body, 'fallbackPolicy') : undefined;
      }),
  },
  {
    id: 'post-fallback-without-visual',
    requirement: 'post-fallback',
    description: 'accepts a fallback without visualContent',
    create: () =>
      reading('postNotification', (body) =>
        isObject(at(body, 'fallbackPolicy/endpointFallback')) && at(body, 'fallbackPolicy/endpointFallback/visualContent') === undefined
          ? put(body, 'fallbackPolicy/endpointFallback/visualContent', { title: 'Fallback' })
          : undefined,
      ),
  },
  {
    id: 'post-fallback-too-soon',
    requirement: 'post-fallback',
    description: 'accepts a fallback delay of 59 seconds',
    create: () => reading('postNotification', (body) => (at(body, delay) === 59 ? put(body, delay, 60) : undefined)),
  },
  {
    id: 'post-fallback-for-android',
    requirement: 'post-fallback',
    description: 'accepts Android among the platforms of a fallback',
    create: () =>
      reading('postNotification', (body) =>
        isIn(listAt(body, fallbackPlatforms), 'android') ? put(body, fallbackPlatforms, ['iOS']) : undefined,
      ),
  },
];
