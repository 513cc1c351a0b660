// Sequences that once lost or repeated something on the device socket, each reduced to its fewest steps, and their counterparts that must stay quiet.
import { describe, expect, it } from 'vitest';
import { useHosts } from './host.ts';
import { reportOf } from './report.ts';
import { runPlan } from './run.ts';
import type { DevicePlan, Step } from './steps.ts';

const raw = (as: string, more: Partial<Extract<Step, { do: 'post' }>> = {}): Step => ({ do: 'post', as, feed: 0, content: 'raw', ...more });
const read = (of: string, by?: string): Step => ({ do: 'patch', of, set: { readState: 'Read' }, ...(by !== undefined && { by }) });
const unread = (of: string): Step => ({ do: 'patch', of, set: { readState: 'Unread' } });
const connect = (device: string, back?: number): Step => ({ do: 'connect', device, ...(back !== undefined && { from: { back } }) });
const ack = (device: string, back: number): Step => ({ do: 'ack', device, back });
const cut = (device: string): Step => ({ do: 'end', device, how: 'terminate' });
const toastFallsDue: Step = { do: 'advance', seconds: 650 };

/** One device of each platform; those that no step names never connect before the end. */
const devices: readonly DevicePlan[] = [
  { name: 'pc', platform: 'Windows', feed: 0 },
  { name: 'phone', platform: 'iOS', feed: 0 },
  { name: 'tablet', platform: 'Android', feed: 0 },
  { name: 'web', platform: 'WebPush', feed: 0 },
];

const rows: readonly (readonly [what: string, steps: readonly Step[]])[] = [
  [
    '[R2] a web endpoint still gets what a change of state moved behind the position that it acknowledged',
    [raw('one'), raw('two'), read('one'), connect('web'), ack('web', 1), cut('web'), connect('web')],
  ],
  [
    '[R2] a web endpoint gets it also when it comes back with the cursor before it',
    [raw('one'), raw('two'), read('one'), connect('web'), cut('web'), connect('web', 1)],
  ],
  [
    '[R2] a web endpoint gets it also when it has been moved once more after the acknowledgement',
    [raw('one'), raw('two'), read('one'), connect('web'), ack('web', 1), cut('web'), unread('one'), connect('web')],
  ],
  [
    '[R2] a device still gets what its own change moved behind the position that it acknowledged',
    [raw('one'), raw('two'), read('one', 'pc'), connect('pc'), ack('pc', 1), cut('pc'), connect('pc')],
  ],
  [
    '[R2] a device gets it also when two acknowledgements have passed it by',
    [raw('one'), raw('two'), raw('three'), read('one', 'pc'), connect('pc'), ack('pc', 2), ack('pc', 1), cut('pc'), connect('pc')],
  ],
  [
    '[R2] [R4] what was acknowledged does not come again because the device has then moved it itself',
    [
      raw('one'),
      connect('pc'),
      ack('pc', 0),
      cut('pc'),
      raw('two'),
      read('one', 'pc'),
      connect('pc'),
      ack('pc', 0),
      cut('pc'),
      connect('pc'),
    ],
  ],
  [
    '[R2] a device that was sent a notification and has acknowledged nothing gets the deletion',
    [raw('one'), connect('pc'), cut('pc'), { do: 'delete', of: 'one' }, connect('pc')],
  ],
  [
    '[R2] it gets the deletion also when the acknowledgement was written and the line destroyed',
    [
      raw('one'),
      connect('tablet'),
      { do: 'ack-and-end', device: 'tablet', back: 0, how: 'terminate' },
      { do: 'delete', of: 'one' },
      connect('tablet'),
    ],
  ],
  [
    '[R2] a deletion comes on each connection until it is acknowledged',
    [raw('one'), connect('pc'), { do: 'delete', of: 'one' }, connect('pc')],
  ],
  [
    '[R2] a device that was never sent a notification gets nothing of its deletion',
    [raw('one'), { do: 'delete', of: 'one' }, connect('pc'), cut('pc'), raw('two'), connect('pc')],
  ],
  ...(['close', 'fin', 'replace'] as const).map((how): readonly [string, readonly Step[]] => [
    `[R2] an acknowledgement counts although the line ends right behind it (${how})`,
    [raw('one'), connect('pc'), { do: 'ack-and-end', device: 'pc', back: 0, how }, connect('pc')],
  ]),
  [
    '[R2] what first went to another platform alone is created for a connected device that is sent it now',
    [connect('phone'), raw('one', { to: ['Windows'], key: 'key' }), raw('one again', { key: 'key' })],
  ],
  [
    '[R2] it is created also for a device that connects later',
    [raw('one', { to: ['Windows'], key: 'key' }), raw('one again', { key: 'key' }), connect('phone')],
  ],
  [
    '[R2] [D11] what was visual alone before is created for a connected web endpoint that is sent it now',
    [connect('web'), raw('one', { content: 'visual', key: 'key' }), raw('one again', { key: 'key' })],
  ],
  [
    '[R9] a toast that was not acknowledged comes again on the next connection',
    [raw('one', { fallback: true }), toastFallsDue, connect('phone'), cut('phone'), connect('phone')],
  ],
  [
    '[R9] a toast sent to a connected device comes again when its line breaks',
    [connect('phone'), raw('one', { fallback: true }), toastFallsDue, cut('phone'), connect('phone'), connect('phone')],
  ],
  [
    '[R9] a toast that was acknowledged does not come again',
    [raw('one', { fallback: true }), toastFallsDue, connect('phone'), ack('phone', 0), cut('phone'), connect('phone')],
  ],
  [
    '[R9] a deletion ends a toast that was not acknowledged',
    [raw('one', { fallback: true }), toastFallsDue, connect('phone'), cut('phone'), { do: 'delete', of: 'one' }, connect('phone')],
  ],
  [
    '[R9] what had moved behind a cursor does not count as fetched because a device comes back with it',
    [raw('one', { fallback: true }), raw('two'), read('one'), connect('phone'), cut('phone'), connect('phone', 1), toastFallsDue],
  ],
  [
    '[R9] what had moved counts as fetched when a device comes back with its cursor',
    [
      raw('one', { fallback: true }),
      raw('two'),
      read('one'),
      connect('phone'),
      ack('phone', 1),
      cut('phone'),
      connect('phone', 0),
      toastFallsDue,
    ],
  ],
  [
    '[R9] a change of state does not make what was acknowledged count as not fetched',
    [connect('phone'), raw('one', { fallback: true }), read('one'), raw('two'), ack('phone', 2), toastFallsDue],
  ],
];

describe('the device socket', () => {
  const hostOf = useHosts();
  it.each(rows)('%s', async (_what, steps) => {
    const plan = { seed: 0, mode: 'serial', push: 'embed', devices, steps } as const;
    const outcome = await runPlan(plan, await hostOf('embed'));
    expect(outcome.violations.length === 0 ? '' : reportOf({ plan, outcome }, steps.length)).toBe('');
  });
});
