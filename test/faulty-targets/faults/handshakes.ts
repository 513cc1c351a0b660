// Faults of accepting and refusing handshakes of the device socket.
import { asError, errorAnswer, isAppToken } from '../wire/edits.ts';
import { headerOf, parametersOf, withBody, withHeader, withoutHeader, withParameters } from '../wire/http-message.ts';
import { authorizationOf } from '../wire/http-wire.ts';
import { named } from '../wire/positions.ts';
import type { FaultyTarget } from './fault.ts';

export const handshakes: readonly FaultyTarget[] = [
  {
    id: 'handshake-opens-and-closes',
    requirement: 'handshake-foreign',
    also: ['handshake-refused'],
    description: 'opens the socket of an unknown UNSID and closes it with 4404',
    create: () => ({
      handshake: (request, wire) => {
        const { unsid } = named(request);
        return unsid !== '' && !wire.ledger.subscriptions.has(unsid) ? { closeCode: 4404 } : undefined;
      },
    }),
  },
  {
    id: 'handshake-401-opens',
    requirement: 'handshake-refused',
    description: 'opens the socket of a caller without a token and closes it with 4401',
    create: () => ({ handshake: (request) => (authorizationOf(request) === '' ? { closeCode: 4401 } : undefined) }),
  },
  {
    id: 'handshake-error-text',
    requirement: 'handshake-refused',
    description: 'refuses a handshake with plain text',
    create: () => ({
      handshaken: (answer) =>
        answer.status >= 400 ? withHeader(withBody(answer, Buffer.from('refused')), 'Content-Type', 'text/plain') : undefined,
    }),
  },
  {
    id: 'handshake-no-unsid-404',
    requirement: 'handshake-refused',
    description: 'answers 404 to a handshake without a UNSID',
    create: () => ({
      handshaken: (answer, request) =>
        answer.status === 400 && named(request).unsid === '' ? asError(answer, { status: 404, code: 'NotFound' }) : undefined,
    }),
  },
  {
    id: 'handshake-of-anybody',
    requirement: 'handshake-foreign',
    description: 'serves any user who knows a UNSID',
    create: () => ({
      handshake: (request, wire) => {
        const owner = wire.ledger.subscriptions.get(named(request).unsid)?.authorization;
        const isForeign = owner !== undefined && authorizationOf(request) !== '' && authorizationOf(request) !== owner;
        if (!isForeign || isAppToken(request)) return undefined;
        return withHeader(
          withParameters(request, (parameters) => parameters.delete('access_token')),
          'Authorization',
          owner,
        );
      },
    }),
  },
  {
    id: 'handshake-foreign-403',
    requirement: 'handshake-foreign',
    description: "answers 403 to a handshake with another user's UNSID",
    create: () => ({
      handshaken: (answer, request, wire) =>
        answer.status === 404 && wire.ledger.subscriptions.has(named(request).unsid)
          ? asError(answer, { status: 403, code: 'Forbidden' })
          : undefined,
    }),
  },
  {
    id: 'handshake-query-token-unknown',
    requirement: 'handshake-token',
    description: 'does not accept a token in access_token',
    create: () => ({
      handshake: (request) =>
        parametersOf(request).has('access_token') ? withParameters(request, (parameters) => parameters.delete('access_token')) : undefined,
    }),
  },
  {
    id: 'handshake-header-unknown',
    requirement: 'handshake-token',
    description: 'accepts a token in access_token only',
    create: () => ({ handshake: (request) => withoutHeader(request, 'authorization') }),
  },
  {
    id: 'handshake-no-subprotocol',
    requirement: 'handshake-subprotocol',
    description: 'does not select the subprotocol',
    create: () => ({ handshaken: (answer) => (answer.status === 101 ? withoutHeader(answer, 'sec-websocket-protocol') : undefined) }),
  },
  {
    id: 'handshake-second-protocol-missed',
    requirement: 'handshake-subprotocol',
    description: 'selects the subprotocol only if it is offered first',
    create: () => ({
      handshake: (request, wire) => {
        const offered =
          headerOf(request, 'sec-websocket-protocol')
            ?.split(',')
            .map((one) => one.trim()) ?? [];
        const isMissed = offered.includes('notifications.v1.json') && offered[0] !== 'notifications.v1.json';
        return isMissed ? errorAnswer(request, wire, { status: 400, code: 'BadRequest', innerCode: 'InvalidParameter' }) : undefined;
      },
    }),
  },
];
