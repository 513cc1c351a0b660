// Cases of credentials: missing, invalid, and of the wrong kind of caller.
import { documentOf } from '../../checks/declared.ts';
import type { Caller } from '../../checks/exchange.ts';
import type { Operation } from '../../documents/operation.ts';
import type { Spec } from '../../documents/spec.ts';
import type { Case } from '../case.ts';
import { type RequestVariation, refuseCase } from './variation-case.ts';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = {
  aud: 'https://graph.microsoft.com',
  iss: 'https://sts.windows.net/contoso/',
  appid: 'contoso-server',
  sub: 'adele',
  oid: 'adele',
  scp: 'Notifications.ReadWrite.CreatedByApp',
  exp: 4_102_444_800,
};
/** Tokens with plausible claims but without a valid signature. */
const unsigned = `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
const wronglySigned = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.${part({ no: 'signature' })}`;

const as = (label: string, caller: Caller, authorization?: string): RequestVariation => ({
  label,
  alter: (base) => ({
    ...base,
    caller,
    ...(authorization === undefined ? {} : { headers: { ...base.headers, Authorization: authorization } }),
  }),
});

const invalidTokens: readonly RequestVariation[] = [
  as('no token', 'none'),
  as('a word as token', { literal: 'garbage' }),
  as('an unsigned token', { literal: unsigned }),
  as('a token with an invalid signature', { literal: wronglySigned }),
  as('a token of three meaningless parts', { literal: 'a.b.c' }),
  as('Basic credentials', 'none', 'Basic YWRlbGU6cGFzc3dvcmQ='),
  as('Bearer without a token', 'none', 'Bearer'),
  as('an empty Authorization', 'none', ''),
];

export function callerCases(spec: Spec, operation: Operation): readonly Case[] {
  const { operationId, security } = operation;
  if (security.length === 0) return [];
  const common = { operation, document: `${documentOf(spec)}#/components/securitySchemes`, about: 'credentials' };
  const kinds = new Set(security.map(({ caller }) => caller));
  const wrong = (['app', 'user'] as const).filter((kind) => !kinds.has(kind));
  return [
    refuseCase({
      ...common,
      id: `${operationId}/credentials/refused`,
      requirement: 'unauthorized',
      title: 'refuses a call without a token or with an invalid one',
      rounds: [{ variations: invalidTokens }],
      statuses: [401],
      mismatchOf: ({ answer: { headers } }) => {
        const challenge = headers['www-authenticate'];
        if (challenge !== undefined && /^Bearer\b/i.test(challenge)) return undefined;
        return {
          requirement: 'unauthorized',
          expected: 'a header WWW-Authenticate: Bearer … with 401',
          got: challenge ?? 'no such header',
        };
      },
    }),
    ...wrong.map((kind) =>
      refuseCase({
        ...common,
        id: `${operationId}/credentials/${kind}`,
        requirement: kind === 'app' ? 'user-token-required' : 'unauthorized',
        title: `refuses the token of ${kind === 'app' ? 'an app server' : 'a user'}`,
        rounds: [{ variations: [as(`the token of ${kind === 'app' ? 'an app server' : 'a user'}`, kind)] }],
        statuses: [403],
      }),
    ),
  ];
}
