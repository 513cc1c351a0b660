// Scenarios of posting again: without an appNotificationId it makes a new notification, with the same one it may update (D5).
import { CaseSkipped } from '../../../checks/failure.ts';
import { memberOf, textMemberOf } from '../../../values/json.ts';
import type { Case } from '../../case.ts';
import { expectNoDelivery, expectNotification, flushWithSentinel } from '../../kit/assertions.ts';
import { postRequest } from '../../kit/calls.ts';
import {
  expectMembers,
  expectStatus,
  getNotification,
  list,
  listAll,
  ownIds,
  publish,
  remove,
  subscribe,
  update,
} from '../../kit/client-calls.ts';
import { instant } from '../../kit/posting.ts';
import { clientScenario, deviceScenario } from '../../kit/scenario.ts';

export const postingAgainScenarios: readonly Case[] = [
  clientScenario({
    requirement: 'post-id',
    name: 'after-delete',
    title: 'never reuses the id of a deleted notification',
    async run(context) {
      const device = await subscribe(context);
      const gone = new Set<string>();
      // Several at a time, so that a freed id is not always taken by another case's notification.
      for (let round = 0; round < 3; round += 1) {
        const made = await Promise.all(Array.from({ length: 5 }, () => publish(context, device)));
        for (const { id, exchange } of made) {
          if (gone.has(id)) context.fail({ expected: 'an id that no notification had before, deleted ones included', got: id, exchange });
          gone.add(id);
        }
        for (const { id } of made) expectStatus(context, await remove(context, device, id), 204, 'the deletion');
      }
    },
  }),
  clientScenario({
    requirement: 'post-new',
    name: 'same-body',
    title: 'makes a new notification for every post without appNotificationId, although the bodies are equal',
    async run(context) {
      const device = await subscribe(context);
      // Equal to the last byte, so with a fixed expiration time.
      const body = { payload: { rawContent: 'the same' }, groupName: 'the same', expirationDateTime: instant(context, 3600) };
      const bodies = [body, body, { ...body, expirationDateTime: undefined }, { ...body, expirationDateTime: undefined }];
      const nulls = { ...body, appNotificationId: null };
      const own = [
        ...(await Promise.all([...bodies, nulls].map((one) => publish(context, device, one)))),
        await publish(context, device, body),
        await publish(context, device, nulls),
      ];
      const ids = own.map(({ id }) => id);
      const again = own.find(({ id }, index) => ids.indexOf(id) !== index);
      if (again)
        context.fail({ expected: 'an id that no other of these posts got', got: `the id ${again.id} again`, exchange: again.exchange });
      const pages = await listAll(context, device, { $top: '1000' });
      if (ownIds(pages, own).length !== own.length)
        context.fail({
          expected: `${own.length} notifications in the history`,
          got: ownIds(pages, own).join(', ') || 'none',
          ...(pages[0] ? { exchange: pages[0].exchange } : {}),
        });
    },
  }),
  clientScenario({
    requirement: 'post-update',
    name: 'same-id',
    title: 'keeps id and Location when the same appNotificationId is posted again, for this user and application only',
    needs: ['otherUser'],
    async run(context) {
      const [device, other] = [await subscribe(context), await subscribe(context, { user: 'otherUser' })];
      const body = { appNotificationId: context.name('own-id') };
      const [first, again, foreign] = [
        await publish(context, device, body),
        await publish(context, device, body),
        await publish(context, other, body),
      ];
      if (again.id !== first.id) context.fail({ expected: `the id ${first.id} again`, got: again.id, exchange: again.exchange });
      if (foreign.id === first.id)
        context.fail({
          requirement: 'post-id',
          expected: "another id for another user's notification",
          got: foreign.id,
          exchange: foreign.exchange,
        });
    },
  }),
  clientScenario({
    requirement: 'update-content',
    name: 'history',
    title: 'replaces content, resets states and keeps creationDateTime when an appNotificationId is posted again',
    async run(context) {
      const device = await subscribe(context);
      const appNotificationId = context.name('own-id');
      const first = await publish(context, device, {
        appNotificationId,
        payload: { rawContent: 'old', visualContent: { title: 'old' } },
        groupName: 'old',
      });
      await update(context, { ...device, id: first.id }, { readState: 'Read', userActionState: 'Dismissed' });
      const before = expectStatus(context, await getNotification(context, device, first.id), 200, 'the notification');
      const start = await list(context, device);
      const again = await publish(context, device, { appNotificationId, payload: { rawContent: 'new' }, priority: 'High' });
      if (again.id !== first.id)
        throw new CaseSkipped('the target makes a new notification for the same appNotificationId, which is allowed (D5)');
      const after = expectStatus(context, await getNotification(context, device, first.id), 200, 'the notification');
      expectMembers(context, after, {
        'payload.rawContent': 'new',
        'payload.visualContent': undefined,
        groupName: null,
        priority: 'High',
        readState: 'Unread',
        userActionState: 'NoInteraction',
        creationDateTime: memberOf(before.answer.json, 'creationDateTime'),
      });
      if (textMemberOf(after.answer.json, 'lastModifiedDateTime') === undefined)
        context.fail({ expected: 'a lastModifiedDateTime', got: after.answer.text, exchange: after });
      const pages = await listAll(context, device, { since: start.syncCursor ?? start.cursor, $top: '1000' });
      if (ownIds(pages, [first]).length !== 1)
        context.fail({
          expected: 'the notification once among the changes',
          got: `${ownIds(pages, [first]).length} times`,
          ...(pages[0] ? { exchange: pages[0].exchange } : {}),
        });
    },
  }),
  deviceScenario({
    requirement: 'update-content',
    name: 'devices',
    title: 'sends new content as updated to all targeted devices, including web endpoints, and to no others',
    async run(fixture) {
      const [windows, ios, web] = [
        await fixture.subscribeAndConnect('Windows'),
        await fixture.subscribeAndConnect('iOS'),
        await fixture.subscribeAndConnect('WebPush'),
      ];
      const appNotificationId = fixture.context.name('own-id');
      const first = await fixture.post(windows.device, { appNotificationId });
      for (const recorder of [windows, ios, web])
        await expectNotification(fixture, recorder, { id: first.id, description: 'the notification', requirement: 'fan-out' });
      const from = ios.received.all.length;
      const again = await fixture.post(windows.device, {
        appNotificationId,
        payload: { rawContent: 'new' },
        targetPolicy: { platformTypes: ['Windows', 'WebPush'] },
      });
      if (again.id !== first.id)
        throw new CaseSkipped('the target makes a new notification for the same appNotificationId, which is allowed (D5)');
      for (const recorder of [windows, web])
        await expectNotification(fixture, recorder, {
          id: first.id,
          description: 'the new content',
          change: 'updated',
          where: ({ rawContent }) => rawContent === 'new',
        });
      await flushWithSentinel(fixture, ios);
      expectNoDelivery(fixture, ios, { id: first.id, description: 'new content for Windows and WebPush only', from });
    },
  }),
  clientScenario({
    requirement: 'republish-after-delete',
    name: 'new-id',
    title: 'makes a new notification when a deleted appNotificationId is posted again, and keeps the tombstone',
    async run(context) {
      const device = await subscribe(context);
      const body = { appNotificationId: context.name('own-id') };
      const first = await publish(context, device, body);
      await remove(context, device, first.id);
      const again = await publish(context, device, body);
      if (again.id === first.id) context.fail({ expected: 'a new id', got: 'that of the deleted notification', exchange: again.exchange });
      expectStatus(context, await getNotification(context, device, first.id), 404, 'the deleted notification');
      expectStatus(context, await getNotification(context, device, again.id), 200, 'the new one');
    },
  }),
  deviceScenario({
    requirement: 'post-delegated',
    name: 'own-devices',
    title: "sends to the user's own devices with a delegated token, with or without one of their UNSIDs",
    async run(fixture) {
      const { context } = fixture;
      const [windows, ios] = [await fixture.subscribeAndConnect('Windows'), await fixture.subscribeAndConnect('iOS')];
      for (const unsid of [undefined, windows.device.unsid]) {
        const json = { targetHostName: context.application, payload: { rawContent: 'by the user' } };
        const exchange = await context.send(postRequest({ caller: 'user', unsid }, json));
        const id = textMemberOf(exchange.answer.json, 'id');
        if (exchange.answer.status !== 201 || id === undefined)
          return context.fail({
            expected: '201 for a delegated token',
            got: `${exchange.answer.status}: ${exchange.answer.text}`,
            exchange,
          });
        context.cleanUp(() => context.devices.remove(windows.device, id));
        for (const recorder of [windows, ios])
          await expectNotification(fixture, recorder, { id, description: 'the notification', requirement: 'fan-out' });
      }
    },
  }),
];
