// Over random interleavings a phone gets the toast of each notification that it has not fetched in time, until it acknowledges it, and no other.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Subscription } from '../../src/domain/model.ts';
import { type Core, createCore, type TestDevice } from '../support/core.ts';

/** One content of a notification; posting its key again makes another. */
interface Version {
  readonly name: string;
  readonly id: string;
  readonly dueAt: number;
  isFetched: boolean;
  isGone: boolean;
  state: 'waiting' | 'pending' | 'settled';
  /** Cursor of its toast when it was last sent. */
  toastedAt: number | undefined;
}

type Step =
  | { do: 'post'; key: number | undefined }
  | { do: 'connect' | 'cut' }
  | { do: 'ack' | 'read' | 'dismiss' | 'delete'; which: number }
  | { do: 'advance'; seconds: number };

const which = fc.nat(12);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('post' as const), key: fc.option(fc.nat(1), { nil: undefined }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('connect' as const, 'cut' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('ack' as const, 'read' as const, 'dismiss' as const, 'delete' as const), which }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('advance' as const), seconds: fc.integer({ min: 5, max: 50 }) }) },
);

const numberOf = (cursor: string) => Number.parseInt(cursor.split('.')[2] ?? '', 36);

class Phone {
  readonly core: Core;
  readonly versions: Version[] = [];
  /** Toasts of the present connection that are not judged yet. */
  toasts: { title: string; cursor: string }[] = [];
  /** Versions whose toast the present connection has sent. */
  toasted = new Set<Version>();
  phone: Subscription;
  desktop: Subscription;
  device: TestDevice | undefined;
  acknowledged = 0;

  constructor(core: Core, phone: Subscription, desktop: Subscription) {
    this.core = core;
    this.phone = phone;
    this.desktop = desktop;
  }

  private present(): Version[] {
    return this.versions.filter(({ isGone }) => !isGone);
  }

  private pick(index: number): Version | undefined {
    const all = this.present();
    return all[index % Math.max(1, all.length)];
  }

  async perform(one: Step): Promise<void> {
    const { core } = this;
    switch (one.do) {
      case 'post':
        return this.post(one.key);
      case 'connect':
        this.device = await core.connect(this.phone);
        this.toasted = new Set();
        return;
      case 'cut':
        this.collect();
        this.device?.cut();
        this.device = undefined;
        return;
      case 'advance':
        await core.advance(one.seconds);
        for (const version of this.present()) {
          if (version.state === 'waiting' && version.dueAt <= core.clock.now()) version.state = version.isFetched ? 'settled' : 'pending';
        }
        return;
      case 'ack':
        return this.acknowledge(one.which);
      default:
        return this.use(one.do, this.pick(one.which));
    }
  }

  private async post(key: number | undefined): Promise<void> {
    const name = `version ${this.versions.length}`;
    const endpointFallback = { platformTypes: ['iOS' as const], fallbackDelayInSeconds: 60, visualContent: { title: name } };
    const content = { payload: { rawContent: name }, priority: 'High' as const, fallbackPolicy: { endpointFallback } };
    const { id } = await this.core.publish(this.phone, key === undefined ? content : { ...content, appNotificationId: `key ${key}` });
    for (const version of this.versions) if (version.id === id) version.isGone = true;
    this.versions.push({
      name,
      id,
      dueAt: this.core.clock.now() + 60_000,
      isFetched: false,
      isGone: false,
      state: 'waiting',
      toastedAt: undefined,
    });
  }

  private async acknowledge(index: number): Promise<void> {
    this.judge();
    const received = this.device?.messages.filter((message) => message.type === 'notification') ?? [];
    const upTo = received[index % Math.max(1, received.length)];
    if (upTo?.type !== 'notification') return;
    await this.device?.ack(upTo.cursor);
    for (const message of received) {
      if (message.type !== 'notification' || message.notification.status !== 'Active' || numberOf(message.cursor) > numberOf(upTo.cursor))
        continue;
      const { rawContent } = message.notification.payload;
      for (const version of this.versions) if (version.name === rawContent) version.isFetched = true;
    }
    const position = numberOf(upTo.cursor);
    if (position <= this.acknowledged) return;
    this.acknowledged = position;
    for (const version of this.versions) {
      if (version.state === 'pending' && version.toastedAt !== undefined && version.toastedAt <= position) version.state = 'settled';
    }
  }

  private async use(how: 'read' | 'dismiss' | 'delete', version: Version | undefined): Promise<void> {
    if (!version) return;
    const { history } = this.core.service;
    if (how === 'read') {
      await history.get(this.phone, version.id);
      version.isFetched = true;
    } else if (how === 'dismiss') await history.update(this.desktop, version.id, { userActionState: 'Dismissed' });
    else {
      await history.remove(this.desktop, version.id);
      version.isGone = true;
    }
    await this.core.settle();
  }

  private collect(): void {
    for (const message of this.device?.messages ?? []) {
      if (message.type === 'toast') this.toasts.push({ title: message.visualContent.title, cursor: message.cursor });
    }
    // Each connection starts with an empty list; what was collected must not be counted twice.
    if (this.device)
      this.device.messages.splice(0, this.device.messages.length, ...this.device.messages.filter(({ type }) => type !== 'toast'));
  }

  /** Every pending toast came once on this connection, and no other came. */
  judge(): void {
    this.collect();
    const expected = this.device ? this.present().filter((version) => version.state === 'pending' && !this.toasted.has(version)) : [];
    expect(this.toasts.map(({ title }) => title).sort()).toEqual(expected.map(({ name }) => name).sort());
    for (const version of expected) {
      this.toasted.add(version);
      version.toastedAt = numberOf(this.toasts.find(({ title }) => title === version.name)?.cursor ?? '');
    }
    this.toasts = [];
  }
}

describe('the fallback over random interleavings', () => {
  it('[R9] [F16] sends a toast on each connection until it is acknowledged, for each notification that was not fetched in time, and for no other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }), async (steps) => {
        const core = createCore();
        const phone = new Phone(core, await core.subscribe('adele', 'iOS'), await core.subscribe('adele', 'Windows'));
        for (const one of [...steps, { do: 'connect' } as const]) {
          await phone.perform(one);
          phone.judge();
        }
        expect(core.errors).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
