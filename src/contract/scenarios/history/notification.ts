// Scenarios of a single notification as clients see it over HTTP: content, times, getting it.
import { memberOf, textMemberOf } from '../../../values/json.ts';
import type { Case } from '../../case.ts';
import { clockToleranceMs } from '../../clock-tolerance.ts';
import {
  expectExists,
  expectMembers,
  expectStatus,
  getNotification,
  listAll,
  publish,
  remove,
  subscribe,
  update,
} from '../../kit/client-calls.ts';
import { instant } from '../../kit/posting.ts';
import { clientScenario } from '../../kit/scenario.ts';

const timeOf = (json: unknown, name: string): number => Date.parse(textMemberOf(json, name) ?? '');
const unicode = 'Grüße, 世界 🌍 עברית "quoted" \\ back\tslash\nnext line </script>';

interface Content {
  readonly name: string;
  readonly title: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
}

const contents: readonly Content[] = [
  {
    name: 'raw',
    title: 'raw content, and null for members that were not sent',
    body: { payload: { rawContent: unicode } },
    expected: {
      'payload.rawContent': unicode,
      'payload.visualContent': undefined,
      groupName: null,
      appNotificationId: null,
      displayTimeToLive: null,
    },
  },
  {
    name: 'visual',
    title: 'visual content',
    body: { payload: { visualContent: { title: unicode, body: 'is green' } } },
    expected: {
      'payload.visualContent.title': unicode,
      'payload.visualContent.body': 'is green',
      'payload.rawContent': undefined,
      priority: 'High',
    },
  },
  {
    name: 'all',
    title: 'both contents, group and priority',
    body: { payload: { rawContent: '{"a":1}', visualContent: { title: 'Build 42' } }, groupName: 'builds', priority: 'Low' },
    expected: { 'payload.rawContent': '{"a":1}', 'payload.visualContent.title': 'Build 42', groupName: 'builds', priority: 'Low' },
  },
];

export const clientNotificationScenarios: readonly Case[] = [
  ...contents.map(({ name, title, body, expected }) =>
    clientScenario({
      requirement: 'notification-content',
      name,
      title: `returns ${title} to clients, alone and in the history`,
      async run(context) {
        const device = await subscribe(context);
        const appNotificationId = name === 'all' ? { appNotificationId: context.name('own-id') } : {};
        const { id } = await publish(context, device, { ...body, ...appNotificationId });
        const members = { id, status: 'Active', readState: 'Unread', userActionState: 'NoInteraction', ...expected, ...appNotificationId };
        expectMembers(context, await expectExists(context, device, id), members);
        const pages = await listAll(context, device, { $top: '1000' });
        const listed = pages.flatMap((page) => page.value.map((one) => ({ ...one, exchange: page.exchange }))).find((one) => one.id === id);
        if (!listed) return context.fail({ requirement: 'history-lists', expected: `${id} in the history`, got: 'a history without it' });
        expectMembers(context, listed.exchange, members, listed.json);
      },
    }),
  ),
  clientScenario({
    requirement: 'notification-times',
    name: 'times',
    title: 'returns the times of creation, expiration and last change, which is null before the first change',
    async run(context) {
      const device = await subscribe(context);
      const before = context.clock.now();
      const expirationDateTime = instant(context, 7200);
      const { id } = await publish(context, device, { expirationDateTime });
      const created = await expectExists(context, device, id);
      expectMembers(context, created, { lastModifiedDateTime: null });
      const creation = timeOf(created.answer.json, 'creationDateTime');
      if (!(creation > before - clockToleranceMs && creation < context.clock.now() + clockToleranceMs))
        context.fail({
          expected: `a creationDateTime near ${new Date(before).toISOString()}`,
          got: String(memberOf(created.answer.json, 'creationDateTime')),
          exchange: created,
        });
      if (Math.abs(timeOf(created.answer.json, 'expirationDateTime') - Date.parse(expirationDateTime)) >= 1000)
        context.fail({
          expected: `expirationDateTime ${expirationDateTime}`,
          got: String(memberOf(created.answer.json, 'expirationDateTime')),
          exchange: created,
        });
      await update(context, { ...device, id }, { readState: 'Read' });
      const changed = await expectExists(context, device, id);
      if (!(timeOf(changed.answer.json, 'lastModifiedDateTime') >= creation))
        context.fail({
          expected: 'a lastModifiedDateTime at or after the creation',
          got: String(memberOf(changed.answer.json, 'lastModifiedDateTime')),
          exchange: changed,
        });
      expectMembers(context, changed, {
        creationDateTime: memberOf(created.answer.json, 'creationDateTime'),
        expirationDateTime: memberOf(created.answer.json, 'expirationDateTime'),
      });
    },
  }),
  clientScenario({
    requirement: 'notification-get',
    name: 'life',
    title: "returns a notification to each of the user's devices, and answers 404 for a deleted one",
    async run(context) {
      const [one, two] = [await subscribe(context), await subscribe(context, { platform: 'WebPush' })];
      const { id } = await publish(context, one, { targetPolicy: { platformTypes: ['Windows'] } });
      for (const device of [one, two]) expectMembers(context, await expectExists(context, device, id), { id });
      await remove(context, one, id);
      for (const device of [one, two]) expectStatus(context, await getNotification(context, device, id), 404, 'a deleted notification');
    },
  }),
];
