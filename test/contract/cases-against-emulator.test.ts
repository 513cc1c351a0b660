// Runs generated cases, tables and scenarios against targets that differ in time, surfaces and letter case of names.
import { afterAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/contract/engine/events.ts';
import { createTestClock } from '../support/time.ts';
import { createLine } from './planted.ts';

const line = createLine();
afterAll(() => line.stop());

const summaryOf = ({ case: { id }, kind, reason, findings }: Outcome) => [
  id,
  kind,
  reason,
  findings.map(({ expected, got }) => [expected, got]),
];

describe('other targets', () => {
  it('with another time are validated by their own clock, from the first case on', async () => {
    const elsewhen = createLine({ clock: createTestClock() });
    const only = [
      'generated/postNotification/body/smallest',
      'generated/postNotification/body/full',
      '*/expirationDateTime/*',
      'table/expiration-*',
    ];
    const { outcomes } = await elsewhen.run({}, only);
    await elsewhen.stop();
    expect(outcomes.filter(({ kind }) => kind !== 'pass').map(summaryOf)).toEqual([]);
  });

  it('that only accept posts are validated with the given UNSID', async () => {
    const { outcomes } = await line.runPlain(async (url) => {
      const body = JSON.stringify({ application: 'given.example', deviceId: 'pc', platform: 'Windows' });
      const headers = { authorization: 'Bearer dev.user.zoe', 'content-type': 'application/json' };
      const answer = await fetch(`${url}/client/v1/subscriptions`, { method: 'POST', headers, body });
      const { userNotificationSubscriptionId: unsid } = (await answer.json()) as { userNotificationSubscriptionId: string };
      return {
        profile: 'graph',
        unsid,
        application: 'given.example',
        only: ['generated/postNotification/body/payload*', 'table/post-*', 'generated/getSubscription/*'],
      };
    });
    expect(outcomes.filter(({ kind }) => kind !== 'pass' && kind !== 'skip').map(summaryOf)).toEqual([]);
    expect(outcomes.filter(({ kind, case: { surface } }) => kind === 'skip' && surface === 'graph').map(summaryOf)).toEqual([]);
    expect(outcomes.filter(({ kind }) => kind === 'skip').every(({ case: { surface } }) => surface === 'client')).toBe(true);
  });

  it('that change the letter case of the application pass, since applications are compared case-insensitively', async () => {
    const only = ['table/*', 'scenario/subscri*', 'scenario/notification-*'];
    const { outcomes } = await line.runPlain(async () => ({ application: 'Given.Example', only }));
    expect(outcomes.filter(({ kind }) => kind === 'fail' || kind === 'error').map(summaryOf)).toEqual([]);
  });

  it('without a UNSID to post to skip the cases with that reason', async () => {
    const { outcomes } = await line.runPlain(async () => ({ profile: 'graph', only: ['generated/postNotification/body/smallest'] }));
    expect(outcomes.map(({ kind, reason }) => [kind, reason])).toEqual([['skip', 'a UNSID to post to is needed (--unsid)']]);
  });
});
