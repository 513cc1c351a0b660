// How the end of a connection is read from the close frames of both sides.
import { expect, it } from 'vitest';
import { endOf } from '../../src/socket/connection-end.ts';

const open = { closingSince: undefined, missedHeartbeats: 0 };
const closing = { closingSince: 1, missedHeartbeats: 0 };
const none = { code: 1006, reason: '' };
const ours = { code: 4409, reason: 'replaced' };

it.each([
  [
    'the device closed, and was answered',
    open,
    { code: 1000, reason: 'bye' },
    { code: 1000, reason: 'bye' },
    { code: 1000, reason: 'bye', by: 'device' },
  ],
  [
    'the device closed without a code',
    open,
    { code: 1005, reason: '' },
    { code: 1005, reason: '' },
    { code: 1005, reason: '', by: 'device' },
  ],
  ['the emulator closed, and was answered', closing, ours, ours, { ...ours, by: 'emulator' }],
  ['the emulator closed, and was not answered', closing, none, ours, { ...ours, by: 'emulator' }],
  ['both closed at once', closing, { code: 1000, reason: '' }, ours, { ...ours, by: 'emulator' }],
  ['a message broke the protocol', open, none, { code: 1002, reason: '' }, { code: 1002, reason: '', by: 'emulator' }],
  ['the line broke', open, none, undefined, { code: 1006, reason: 'no close frame came', by: 'network' }],
  [
    'one ping was not answered',
    { ...open, missedHeartbeats: 1 },
    none,
    undefined,
    { code: 1006, reason: '1 ping was not answered', by: 'network' },
  ],
  [
    'pings were not answered',
    { ...open, missedHeartbeats: 2 },
    none,
    undefined,
    { code: 1006, reason: '2 pings were not answered', by: 'network' },
  ],
] as const)('%s', (_what, connection, seen, sent, end) => {
  expect(endOf(connection, seen, sent)).toEqual(end);
});
