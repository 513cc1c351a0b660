// Faults of refusing valid publications because of path, caller, encoding or size.
import { isAppToken, refused, refusing, unsidIn } from '../wire/edits.ts';
import { at, headerOf, jsonOf, textAt } from '../wire/http-message.ts';
import type { FaultyTarget } from './fault.ts';

export const graphRefusesRequests: readonly FaultyTarget[] = [
  {
    id: 'post-host-case-matters',
    requirement: 'post-host-case',
    description: 'refuses a targetHostName in another letter case than the subscription',
    create: () =>
      refusing('postNotification', 403, (request, body, wire) => {
        const own = wire.ledger.subscriptions.get(unsidIn(request))?.application;
        const host = textAt(body, 'targetHostName');
        return own !== undefined && own !== host && own.toLowerCase() === host.toLowerCase();
      }),
  },
  {
    id: 'post-slash-unknown',
    requirement: 'post-trailing-slash',
    description: 'refuses a path with a trailing slash',
    create: () => refusing('postNotification', 404, (request) => request.path.endsWith('/')),
  },
  {
    id: 'post-delegated-needs-unsid',
    requirement: 'post-delegated',
    description: 'requires X-UNS-ID with a delegated token too',
    create: () =>
      refusing(
        'postNotification',
        400,
        (request) =>
          unsidIn(request) === '' &&
          !isAppToken(request) &&
          headerOf(request, 'authorization') !== undefined &&
          at(jsonOf(request), 'payload') !== undefined,
      ),
  },
  {
    id: 'post-gzip-case-matters',
    requirement: 'encoding-read',
    description: 'refuses GZIP in capitals',
    create: () => refusing('postNotification', 415, (request) => headerOf(request, 'content-encoding') === 'GZIP'),
  },
  {
    id: 'post-raw-deflate-refused',
    requirement: 'encoding-read',
    description: 'reads deflate only with the zlib wrapper',
    create: () =>
      refusing(
        'postNotification',
        415,
        (request) => headerOf(request, 'content-encoding')?.toLowerCase() === 'deflate' && (request.body[0] ?? 0) !== 0x78,
      ),
  },
  {
    id: 'post-gzip-refused',
    requirement: 'encoding-read',
    description: 'reads no gzip',
    create: () => refusing('postNotification', 415, (request) => headerOf(request, 'content-encoding')?.toLowerCase() === 'gzip'),
  },
  {
    id: 'post-body-one-mib',
    requirement: 'body-limit',
    description: 'refuses bodies over 1 MiB',
    create: () => refusing('postNotification', 413, (request) => request.body.length > 1024 * 1024),
  },
  {
    id: 'post-charset-refused',
    requirement: 'content-type',
    description: 'refuses application/json with a charset',
    create: () => refusing('postNotification', 415, (request) => /;\s*charset/i.test(headerOf(request, 'content-type') ?? '')),
  },
  {
    id: 'post-second-delegated-refused',
    requirement: 'post-delegated',
    description: 'refuses the second post with a delegated token',
    create: () => {
      const seen = new Set<string>();
      return {
        request: (request) => {
          const token = headerOf(request, 'authorization') ?? '';
          if (request.path.replace(/\/$/, '') !== '/beta/me/notifications' || request.method !== 'POST') return undefined;
          if (isAppToken(request) || unsidIn(request) !== '' || at(jsonOf(request), 'payload') === undefined) return undefined;
          if (seen.has(token)) return refused(request, 403);
          seen.add(token);
          return undefined;
        },
      };
    },
  },
];
