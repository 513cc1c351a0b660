// Draws the plan of a run from its seed; what a step refers to is named, so that a plan still makes sense when steps are taken out.

import type { PlatformType } from '../../src/index.ts';
import { createRandom } from '../../src/values/random.ts';
import {
  advances,
  type DevicePlan,
  type Ending,
  type Plan,
  platformTypes,
  type StateUpdate,
  type Step,
  shortLifeSeconds,
} from './steps.ts';

interface Dice {
  /** From 0 to below n. */
  readonly below: (n: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly one: <T>(of: readonly T[]) => T;
}

function diceOf(random: () => number): Dice {
  const below = (n: number) => Math.floor(random() * n);
  return {
    below,
    chance: (probability) => random() < probability,
    one: (of) => {
      const drawn = of[below(of.length)];
      if (drawn === undefined) throw new Error('there is nothing to draw from');
      return drawn;
    },
  };
}

const names: Readonly<Record<PlatformType, string>> = { Windows: 'pc', iOS: 'phone', Android: 'tablet', WebPush: 'web' };
const states: readonly StateUpdate[] = [
  { readState: 'Read' },
  { readState: 'Unread' },
  { userActionState: 'Dismissed' },
  { userActionState: 'Activated', readState: 'Read' },
];
const endings: readonly Ending[] = ['close', 'fin', 'terminate', 'reset'];

function drawDevices(dice: Dice): readonly DevicePlan[] {
  const count = 3 + dice.below(4);
  const feeds = 2 + dice.below(3);
  return Array.from({ length: count }, (_, index) => {
    const platform = index < platformTypes.length ? (platformTypes[index] ?? 'iOS') : dice.one(platformTypes);
    // Most devices share one feed, or little would happen between them.
    return { name: `${names[platform]}${index + 1}`, platform, feed: dice.chance(0.7) ? 0 : dice.below(feeds) };
  });
}

interface Posted {
  readonly as: string;
  readonly feed: number;
}

interface Draw {
  readonly dice: Dice;
  readonly devices: readonly DevicePlan[];
  readonly posted: Posted[];
}

/** One step, several that belong together, or none where there is nothing to refer to yet. */
type Drawing = (draw: Draw) => readonly Step[];

function postIn({ dice, posted }: Draw, feed: number): Step {
  const as = `n${posted.length + 1}`;
  posted.push({ as, feed });
  const fallback = dice.chance(0.3);
  const drawn = dice.chance(0.5) ? undefined : platformTypes.filter(() => dice.chance(0.6));
  const to = drawn === undefined || drawn.length === 0 ? undefined : fallback ? [...new Set([...drawn, 'iOS' as const])] : drawn;
  return {
    do: 'post',
    as,
    feed,
    content: fallback ? dice.one(['raw', 'both'] as const) : dice.one(['raw', 'raw', 'visual', 'both'] as const),
    ...(to && { to }),
    ...(dice.chance(0.4) && { key: `key${dice.below(3)}` }),
    ...(fallback && { fallback }),
    ...(dice.chance(0.15) && { livesSeconds: shortLifeSeconds }),
  };
}

const post: Drawing = (draw) => [postIn(draw, draw.dice.one(draw.devices).feed)];

/** A notification, more often a late one, and a device of its feed or none. */
function target({ dice, devices, posted }: Draw): { of: string; by?: string } | undefined {
  const recent = dice.chance(0.7) ? posted.slice(-6) : posted;
  if (recent.length === 0) return undefined;
  const { as, feed } = dice.one(recent);
  const near = devices.filter((device) => device.feed === feed);
  return near.length === 0 || dice.chance(0.25) ? { of: as } : { of: as, by: dice.one(near).name };
}

const patch: Drawing = (draw) => {
  const on = target(draw);
  return on ? [{ do: 'patch', ...on, set: draw.dice.one(states) }] : [];
};
const remove: Drawing = (draw) => {
  const on = target(draw);
  return on ? [{ do: 'delete', ...on }] : [];
};
const connect: Drawing = ({ dice, devices }) => {
  const device = dice.one(devices).name;
  if (dice.chance(0.7)) return [{ do: 'connect', device }];
  return [{ do: 'connect', device, from: dice.chance(0.15) ? 'list' : { back: dice.chance(0.5) ? 0 : dice.below(8) } }];
};
const ack: Drawing = ({ dice, devices }) => {
  const back = dice.chance(0.1) ? ('lastOfBefore' as const) : dice.chance(0.5) ? 0 : dice.below(5);
  return [{ do: 'ack', device: dice.one(devices).name, back }];
};
const end: Drawing = ({ dice, devices }) => [{ do: 'end', device: dice.one(devices).name, how: dice.one(endings) }];
const ackAndEnd: Drawing = ({ dice, devices }) => [ackAndEndOf(dice, dice.one(devices).name)];
const ackAndEndOf = (dice: Dice, device: string): Step => ({
  do: 'ack-and-end',
  device,
  back: dice.chance(0.6) ? 0 : dice.below(4),
  how: dice.one([...endings, 'replace' as const]),
});
const pause: Drawing = ({ dice, devices }) => [{ do: dice.one(['pause', 'resume'] as const), device: dice.one(devices).name }];
const read: Drawing = (draw) => {
  const { dice, devices, posted } = draw;
  const { name, feed } = dice.one(devices);
  const own = posted.filter((one) => one.feed === feed).slice(-5);
  return dice.chance(0.4) || own.length === 0 ? [{ do: 'read', device: name }] : [{ do: 'read', device: name, of: dice.one(own).as }];
};
const renew: Drawing = ({ dice, devices }) => [{ do: dice.chance(0.6) ? 'renew' : 'resubscribe', device: dice.one(devices).name }];
const advance: Drawing = ({ dice }) => [{ do: 'advance', seconds: dice.one(advances) }];

/** While a device is away, notifications come and move; it comes back, acknowledges a part, breaks off and comes back again. */
const absence: Drawing = (draw) => {
  const { dice, devices, posted } = draw;
  const { name, feed } = dice.one(devices);
  const away = Array.from({ length: 2 + dice.below(3) }, () => postIn(draw, feed));
  const recent = posted.slice(-away.length);
  const moves = (count: number) => Array.from({ length: count }, () => moveOf(draw, recent, name));
  const parting: Step = dice.chance(0.5) ? { do: 'ack', device: name, back: dice.below(4) } : ackAndEndOf(dice, name);
  return [
    { do: 'end', device: name, how: dice.one(endings) },
    ...away,
    ...moves(1 + dice.below(3)),
    { do: 'connect', device: name },
    parting,
    ...moves(dice.below(3)),
    { do: 'connect', device: name },
  ];
};

function moveOf({ dice }: Draw, recent: readonly Posted[], name: string): Step {
  const of = dice.one(recent).as;
  if (dice.chance(0.1)) return { do: 'delete', of };
  return { do: 'patch', of, ...(dice.chance(0.5) && { by: name }), set: dice.one(states) };
}

const weights: readonly (readonly [number, Drawing])[] = [
  [26, post],
  [14, patch],
  [5, remove],
  [18, connect],
  [11, ack],
  [9, end],
  [7, ackAndEnd],
  [4, pause],
  [3, read],
  [1, renew],
  [3, advance],
  [4, absence],
];

export function generate(seed: number, count: number): Plan {
  const dice = diceOf(createRandom(seed, 'model'));
  const mode = dice.chance(0.3) ? 'concurrent' : 'serial';
  const push = dice.chance(0.15) ? 'signal' : 'embed';
  const draw: Draw = { dice, devices: drawDevices(dice), posted: [] };
  const drawings = weights.flatMap(([weight, drawing]) => Array<Drawing>(weight).fill(drawing));
  const steps: Step[] = [];
  while (steps.length < count) {
    steps.push(...dice.one(drawings)(draw));
  }
  return { seed, mode, push, devices: draw.devices, steps };
}
