// What a person reads: content, changes and their cause, and text that cannot harm a terminal.
import { describe, expect, it } from 'vitest';
import { createNumberedList } from '../../src/cli/device/list.ts';
import { formatNotification, formatToast } from '../../src/cli/device/view.ts';
import { createOutput } from '../../src/cli/terminal/output.ts';
import { pad, safeLine, safeLines, shellWord, truncate, widthOf } from '../../src/cli/terminal/text.ts';
import type { ClientNotification } from '../../src/client/wire.ts';
import type { ReceivedNotification } from '../../src/simulator/received.ts';
import { active, raw } from '../simulator/fake-service.ts';

const plain = { colors: createOutput({ write: () => true, hasColors: false, key: '' }).colors, columns: Number.POSITIVE_INFINITY };
const linesOf = (notification: ClientNotification, more: Partial<ReceivedNotification> = {}) =>
  formatNotification(
    { kind: 'notification', change: 'created', notification, previous: undefined, via: 'push', cursor: 'c', receivedAt: 0, ...more },
    7,
    plain,
  ).map((line) => line.replace(/^\d\d:\d\d:\d\d/, 'TIME'));

/** Of the expiry of every notification here, as a clock on the wall shows it. */
const expiry = new Date('2019-08-30T00:25:55.329Z');
const localTime = expiry.toTimeString().slice(0, 5);
const localDay = expiry.toLocaleDateString('sv-SE');

describe('a notification', () => {
  it('has no line that is wider than the terminal, and all below the first as far in', () => {
    const payload = { visualContent: { title: 'Build', body: 'The main branch is green again after a long night of work' } };
    const notification = active('a', { payload, groupName: 'a group with a long name' });
    const received = { kind: 'notification', change: 'created', previous: undefined, via: 'push', cursor: 'c', receivedAt: 0 } as const;
    const [, ...lines] = formatNotification({ ...received, notification }, 7, { ...plain, columns: 40 });
    expect(lines.slice(0, 3)).toEqual([
      '          The main branch is green again',
      '          after a long night of work',
      '          unread · priority High · group',
    ]);
    expect(lines.every((line) => line.startsWith('          ') && line.length <= 40)).toBe(true);
  });

  it('is shown with title, body, state and expiry', () => {
    const payload = { visualContent: { title: 'Build', body: 'one\ntwo' } };
    expect(linesOf(active('a', { payload, groupName: 'g', appNotificationId: 'i', displayTimeToLive: 59 }))).toEqual([
      'TIME  #7 ● Build',
      '          one',
      '          two',
      `          unread · priority High · group g · id i · displayed for 59 s · expires ${localDay} ${localTime}`,
    ]);
  });

  it('is shown with its raw content, JSON made readable', () => {
    expect(linesOf(raw('a', { payload: { rawContent: '{"a":[1]}' } })).slice(0, -1)).toEqual([
      'TIME  #7 ● JSON (raw)',
      '          {',
      '            "a": [',
      '              1',
      '            ]',
      '          }',
    ]);
    expect(linesOf(raw('a')).slice(0, -1)).toEqual(['TIME  #7 ● raw a (raw)']);
    expect(linesOf(raw('a', { displayTimeToLive: 0 })).at(-1)).toContain('no longer to be displayed');
  });

  it('that is very long is cut', () => {
    const lines = linesOf(raw('a', { payload: { rawContent: Array.from({ length: 500 }, (_, index) => `line ${index}`).join('\n') } }));
    expect(lines.length).toBeLessThan(50);
    expect(lines.at(-2)).toContain('characters in all)');
  });

  it.each([
    [{ readState: 'Read' }, 'read on another device'],
    [{ userActionState: 'Dismissed' }, 'dismissed on another device'],
    [{ readState: 'Read', userActionState: 'Snoozed' }, 'read and snoozed on another device'],
    [{ payload: { visualContent: { title: 'title a', body: 'new' } } }, 'sent again by the app server'],
    [{}, 'sent again by the app server'],
  ] as const)('that changed says what and why: %j', (change, cause) => {
    expect(linesOf(active('a', change), { change: 'updated', previous: active('a') })[0]).toBe(
      `TIME  #7 ${cause.startsWith('sent') ? '●' : '○'} title a: ${cause}`,
    );
  });

  it('that changed before it was seen says its state', () => {
    expect(linesOf(active('a', { readState: 'Read' }), { change: 'updated' })[0]).toContain(
      'changed before this device received it, now read',
    );
  });

  it('that was deleted is named by what was known of it', () => {
    const { id, application, creationDateTime, expirationDateTime } = active('a');
    const tombstone = {
      id,
      application,
      creationDateTime,
      expirationDateTime,
      lastModifiedDateTime: creationDateTime,
      status: 'Deleted',
    } as const;
    expect(linesOf(tombstone, { change: 'deleted', previous: active('a') })).toEqual(['TIME  #7 ✕ title a: deleted on another device']);
    expect(linesOf(tombstone, { change: 'deleted' })[0]).toContain('(unknown)');
  });
});

it('[F16] marks a toast as a fallback', () => {
  const lines = formatToast(
    { kind: 'toast', notificationId: 'n', visualContent: { title: 'T', body: 'B' }, cursor: 'c', receivedAt: 0 },
    undefined,
    plain,
  );
  expect(lines.map((line) => line.slice(10))).toEqual(['▲ fallback toast T', 'B', 'for raw notification n, which was not fetched in time']);
});

describe('text for a terminal', () => {
  it('spells control characters out, also those that turn text around', () => {
    expect(safeLine('a\u001b]0;x\u0007b\u009bc\u202ed\te\nf')).toBe('a\\x1b]0;x\\x07b\\x9bc\\u202ed e ⏎ f');
    expect(safeLines('a\r\nb\rc')).toEqual(['a', 'b\\x0dc']);
  });

  it('is measured and cut by columns', () => {
    expect([widthOf('abc'), widthOf('世界'), widthOf('🎉'), widthOf('e\u0301')]).toEqual([3, 4, 2, 1]);
    expect(truncate('世界世界', 5)).toBe('世界…');
    expect(truncate('abc', 3)).toBe('abc');
    expect(pad('世', 4)).toBe('世  ');
  });

  it('is quoted for a shell only where it must be', () => {
    expect([shellWord('contoso.example'), shellWord("it's"), shellWord('$(rm)')]).toEqual(['contoso.example', "'it'\\''s'", "'$(rm)'"]);
  });
});

describe('the selection', () => {
  it('follows the newest until somebody moves away from it', () => {
    const list = createNumberedList();
    list.move(1);
    expect(list.selected).toBeUndefined();
    for (const id of ['a', 'b', 'c']) list.add(id);
    expect(list.selected).toBe('c');
    list.move(-1);
    list.add('d');
    expect(list.selected).toBe('b');
    list.move(-5);
    expect(list.selected).toBe('a');
    list.move(9);
    list.add('e');
    expect(list.selected).toBe('e');
  });

  it('moves on to a neighbour when the selected one goes, and keeps numbers', () => {
    const list = createNumberedList();
    for (const id of ['a', 'b', 'c']) list.add(id);
    list.remove('c');
    expect(list.selected).toBe('b');
    list.remove('a');
    list.remove('b');
    expect(list.selected).toBeUndefined();
    expect([list.numberOf('b'), list.numberOf('d'), list.knownNumberOf('x')]).toEqual([2, 4, undefined]);
  });
});
