// What a device's acknowledgements cover: what certainly, and what possibly, where an acknowledgement may have been lost with its line.
import type { Story } from './feed.ts';

/** Of each notification the position up to which its changes are covered. */
export type Covered = ReadonlyMap<Story, number>;

/** An acknowledgement that was written. */
export interface Ack {
  readonly position: number;
  readonly covers: Covered;
  /** Keys of the toasts that it acknowledges. */
  readonly toasts: readonly string[];
  /** Number of the connection it was written to. */
  readonly connection: number;
}

export interface Coverage {
  /** The last position that was certainly acknowledged. */
  readonly acknowledged: () => number;
  readonly certain: (story: Story) => number;
  readonly possible: (story: Story) => number;
  readonly certainUpTo: (position: number) => Covered;
  readonly toast: (key: string) => 'no' | 'maybe' | 'yes';
  /** Positions that the device may be served from when it names none. */
  readonly candidates: () => readonly number[];
  /** It was written; whether it arrived is not known yet. */
  readonly wrote: (ack: Ack) => void;
  /** It has arrived, and so has everything written to the same connection before it. */
  readonly arrived: (ack: Ack) => void;
  /** The service serves from this position, so that what is pending has arrived, or, if `isFinal`, has been lost. */
  readonly resolve: (servedFrom: number, isFinal: boolean) => void;
  /** This may be covered, as far as can be known. */
  readonly mayCover: (covers: Covered, toasts: readonly string[]) => void;
}

function mergeInto(into: Map<Story, number>, covers: Covered): void {
  for (const [story, position] of covers) into.set(story, Math.max(into.get(story) ?? 0, position));
}

export function createCoverage(start: number): Coverage {
  const certain = { covers: new Map<Story, number>(), toasts: new Set<string>() };
  const vague = { covers: new Map<Story, number>(), toasts: new Set<string>() };
  let acknowledged = start;
  let pending: readonly Ack[] = [];

  function add(to: typeof certain, { covers, toasts }: Pick<Ack, 'covers' | 'toasts'>): void {
    mergeInto(to.covers, covers);
    for (const key of toasts) to.toasts.add(key);
  }

  /** One behind the last is ignored (R2). */
  function confirm(ack: Ack): void {
    add(ack.position > acknowledged ? certain : vague, ack);
    acknowledged = Math.max(acknowledged, ack.position);
  }

  function resolve(servedFrom: number, isFinal: boolean): void {
    const index = servedFrom > acknowledged ? pending.findLastIndex(({ position }) => position === servedFrom) : -1;
    const last = pending[index];
    const rest = pending.filter((one, at) => at > index || one.connection !== last?.connection);
    if (last) for (const one of pending.filter((each) => !rest.includes(each))) confirm(one);
    pending = isFinal ? [] : rest;
  }

  return {
    acknowledged: () => acknowledged,
    certain: (story) => certain.covers.get(story) ?? 0,
    possible: (story) =>
      Math.max(...[certain.covers, vague.covers, ...pending.map(({ covers }) => covers)].map((covers) => covers.get(story) ?? 0)),
    certainUpTo: (position) => new Map([...certain.covers].filter(([, covered]) => covered <= position)),
    toast: (key) => {
      if (certain.toasts.has(key)) return 'yes';
      return vague.toasts.has(key) || pending.some(({ toasts }) => toasts.includes(key)) ? 'maybe' : 'no';
    },
    candidates: () => [acknowledged, ...pending.map(({ position }) => position).filter((position) => position > acknowledged)],
    wrote: (ack) => {
      pending = [...pending, ack];
    },
    arrived: (ack) => {
      const before = pending.filter(({ connection }) => connection === ack.connection);
      pending = pending.filter(({ connection }) => connection !== ack.connection);
      for (const one of [...before, ack]) confirm(one);
    },
    resolve,
    mayCover: (covers, toasts) => add(vague, { covers, toasts }),
  };
}
