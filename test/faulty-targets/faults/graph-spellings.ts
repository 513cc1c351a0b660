// Faults of reading requests in other spellings than the documented one, and single subscriptions as targets.
import { reading, refused, refusing } from '../wire/edits.ts';
import { at, isObject } from '../wire/http-message.ts';
import type { FaultyTarget } from './fault.ts';

const has = (body: unknown, isOther: (name: string) => boolean): boolean => isObject(body) && Object.keys(body).some(isOther);

export const graphSpellings: readonly FaultyTarget[] = [
  {
    id: 'post-null-priority-refused',
    requirement: 'post-nulls',
    description: 'refuses a null as priority',
    create: () => refusing('postNotification', 400, (_request, body) => body['priority'] === null),
  },
  {
    id: 'post-null-content-refused',
    requirement: 'post-nulls',
    description: 'refuses a null as rawContent beside a visualContent',
    create: () => refusing('postNotification', 400, (_request, body) => at(body, 'payload/rawContent') === null),
  },
  {
    id: 'post-capital-names-refused',
    requirement: 'post-letter-case',
    description: 'refuses members whose names begin with a capital letter',
    create: () => refusing('postNotification', 400, (_request, body) => has(body, (name) => name === 'TargetHostName')),
  },
  {
    id: 'post-priority-case-refused',
    requirement: 'post-letter-case',
    description: 'refuses a priority in lower case',
    create: () => refusing('postNotification', 400, (_request, body) => body['priority'] === 'high'),
  },
  {
    id: 'post-second-spelling-ignored',
    requirement: 'post-letter-case',
    description: 'takes the documented one of two spellings of a member and ignores the other',
    create: () =>
      reading('postNotification', (body) => {
        const entries = Object.entries(body);
        const isSecond = (name: string) => entries.some(([other]) => other !== name && other.toUpperCase() === name);
        return entries.some(([name]) => isSecond(name)) ? Object.fromEntries(entries.filter(([name]) => !isSecond(name))) : undefined;
      }),
  },
  {
    id: 'subscriptions-not-targeted',
    requirement: 'targeting-subscriptions',
    description: 'sends to all devices although the target policy names single subscriptions',
    create: () =>
      reading('postNotification', (body) => {
        const { targetPolicy, ...rest } = body;
        return isObject(targetPolicy) && targetPolicy['endpoints'] !== undefined ? rest : undefined;
      }),
  },
  {
    id: 'path-case-unknown',
    requirement: 'path-letter-case',
    description: 'does not know paths in upper case',
    create: () => ({ request: (request) => (/^\/(BETA|CLIENT)\//.test(request.path) ? refused(request, 404) : undefined) }),
  },
];
