// Checks that responses and messages have the members that a device needs; conformance to the documents is checked elsewhere.
import { isFlag, isNumber, isText, type MemberCheck, type Shape, wrongMember } from '../client/shape.ts';
import { isJsonObject, listOf, memberOf } from '../values/json.ts';
import { isNestedTooDeeply } from '../values/nesting.ts';

const maybe =
  (check: MemberCheck): MemberCheck =>
  (value) =>
    value === undefined || value === null || check(value);

/** Ids and cursors are sent back in URLs, which servers limit to a few KiB. */
const maxNameLength = 4096;
export const isName: MemberCheck = (value) => typeof value === 'string' && value.length <= maxNameLength;

const visualContentShape: Shape = { title: isText, body: maybe(isText) };
const tombstoneShape: Shape = { id: isName, status: isText };
const activeShape: Shape = {
  ...tombstoneShape,
  payload: isJsonObject,
  'payload/rawContent': maybe(isText),
  'payload/visualContent': maybe(isJsonObject),
  priority: isText,
  readState: isText,
  userActionState: isText,
  expirationDateTime: isText,
  groupName: maybe(isText),
  appNotificationId: maybe(isText),
  displayTimeToLive: maybe(isNumber),
};
const pageShape: Shape = { value: Array.isArray, cursor: isName, more: isFlag, syncCursor: maybe(isName) };
const subscriptionShape: Shape = {
  userNotificationSubscriptionId: isText,
  application: isText,
  deviceId: isText,
  platform: isText,
  socketUrl: isText,
};

/** Returns the JSON pointer of the first member that is missing or has the wrong type; undefined if all are valid. */
function wrongPointer(value: unknown, shape: Shape, prefix = ''): string | undefined {
  const wrong = wrongMember(value, shape);
  return wrong && `${prefix}/${wrong}`;
}

export function wrongInVisualContent(value: unknown, prefix = ''): string | undefined {
  return wrongPointer(value, visualContentShape, prefix);
}

export function wrongInNotification(value: unknown, prefix = ''): string | undefined {
  if (isNestedTooDeeply(value)) return prefix;
  if (memberOf(value, 'status') === 'Deleted') return wrongPointer(value, tombstoneShape, prefix);
  const wrong = wrongPointer(value, activeShape, prefix);
  const visual = memberOf(value, 'payload', 'visualContent') ?? undefined;
  return wrong ?? (visual === undefined ? undefined : wrongInVisualContent(visual, `${prefix}/payload/visualContent`));
}

/** Checks one page of a list of notifications. */
export function wrongInPage(value: unknown): string | undefined {
  const wrong = wrongPointer(value, pageShape);
  if (wrong !== undefined) return wrong;
  for (const [index, item] of listOf(memberOf(value, 'value')).entries()) {
    const inItem = wrongInNotification(item, `/value/${index}`);
    if (inItem !== undefined) return inItem;
  }
  return undefined;
}

export function wrongInSubscription(value: unknown): string | undefined {
  return wrongPointer(value, subscriptionShape);
}
