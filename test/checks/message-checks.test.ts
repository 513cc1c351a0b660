// Checks on socket messages: what each reports, and what it accepts.
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/checks/failure.ts';
import { createMessageChecks } from '../../src/checks/message-checks.ts';
import type { AdapterDevice } from '../../src/contract/target/adapter.ts';
import { loadSpec } from '../../src/documents/spec.ts';

const spec = await loadSpec();
const unsid = 'Zk3vT0uWm5p1sVxq2nR8yLdC7hBgJtEa';
const device: AdapterDevice = { user: 'user', application: 'contoso.example', deviceId: 'adele-phone', platform: 'iOS', unsid };
const connected = { type: 'connected', unsid, deviceId: 'adele-phone', cursor: 'c', resumed: true, heartbeatSeconds: 30 };
const notification = {
  id: '3407d93c-77f7-4bc0-8fbf-46221a7bed72',
  application: 'contoso.example',
  appNotificationId: null,
  groupName: null,
  priority: 'None',
  payload: { rawContent: 'x' },
  displayTimeToLive: null,
  creationDateTime: '2019-08-23T00:25:55.329Z',
  lastModifiedDateTime: null,
  expirationDateTime: '2019-08-30T00:25:55.329Z',
  status: 'Active',
  readState: 'Unread',
  userActionState: 'NoInteraction',
};
const created = { type: 'notification', change: 'created', cursor: 'c', notification };
const text = (value: unknown) => JSON.stringify(value);

/** The findings on one connection that receives these messages. */
function found(...messages: readonly (string | undefined)[]): readonly Finding[] {
  const findings: Finding[] = [];
  const check = createMessageChecks({
    spec,
    sink: { add: (finding) => void findings.push(finding), exercise: () => undefined },
    now: () => Date.parse('2019-08-23T00:26:00Z'),
  })(device);
  for (const message of messages) check(message);
  return findings;
}

describe('the checks on messages', () => {
  it('find nothing in what the documents allow, extra members and another case of the application included', () => {
    const other = { ...created, more: 1, notification: { ...notification, application: 'Contoso.Example', more: { deep: true } } };
    const toast = { type: 'toast', cursor: 'c', notificationId: notification.id, visualContent: { title: 'x' }, reason: 'fallback' };
    const error = { type: 'error', error: { code: 'InvalidMessage', message: 'x' } };
    expect(found(...[{ ...connected, region: 'eu' }, created, other, { type: 'signal', cursor: 'c' }, toast, error].map(text))).toEqual([]);
  });

  it.each([
    ['socket-schema', 'a binary message', [text(connected), undefined]],
    ['socket-schema', 'what is no JSON', [text(connected), 'hello']],
    ['socket-schema', 'an unknown type', [text(connected), text({ type: 'hello' })]],
    ['socket-schema', 'a wrong change', [text(connected), text({ ...created, change: 'new' })]],
    ['socket-schema', 'a missing member', [text(connected), text({ ...created, notification: { ...notification, readState: undefined } })]],
    [
      'socket-schema',
      'a tombstone with a payload',
      [text(connected), text({ ...created, notification: { ...notification, status: 'Deleted' } })],
    ],
    ['socket-connected', 'another first message', [text(created)]],
    ['socket-connected', 'connected twice', [text(connected), text(connected)]],
    ['socket-connected', "another device's UNSID", [text({ ...connected, unsid: unsid.toLowerCase() })]],
    ['socket-connected', "another device's name", [text({ ...connected, deviceId: 'bert-phone' })]],
    [
      'fan-out-isolated',
      "another application's notification",
      [text(connected), text({ ...created, notification: { ...notification, application: 'fabrikam.example' } })],
    ],
    [
      'large-signal',
      'a notification message over 256 KiB',
      [text(connected), text({ ...created, notification: { ...notification, payload: { rawContent: 'é'.repeat(131_073) } } })],
    ],
  ] as const)('[%s] find %s', (requirement, _says, messages) => {
    const findings = found(...messages);
    expect(findings.map((one) => one.requirement)).toContain(requirement);
    expect(new Set(findings.map((one) => one.requirement))).toEqual(new Set([requirement]));
  });

  it('give violations of one cause the same fingerprint, whatever the message contains', () => {
    const wrong = (cursor: string) => text({ ...created, cursor, change: 'new' });
    const fingerprints = found(text(connected), wrong('a'), wrong('b')).map(({ fingerprint }) => fingerprint);
    expect(fingerprints.length).toBeGreaterThanOrEqual(2);
    expect(new Set(fingerprints)).toEqual(new Set(['notification /change must be one of created, updated, deleted']));
  });
});
