// Checks that responses and messages have the members that a device needs; conformance to the documents is checked elsewhere.

type Check = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Check>>;

const isText: Check = (value) => typeof value === 'string';
const isObject: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isFlag: Check = (value) => typeof value === 'boolean';
const isNumber: Check = (value) => typeof value === 'number';
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || value === null || check(value);

const visualContentShape: Shape = { title: isText, body: maybe(isText) };
const tombstoneShape: Shape = { id: isText, status: isText };
const activeShape: Shape = {
  ...tombstoneShape,
  payload: isObject,
  'payload/rawContent': maybe(isText),
  'payload/visualContent': maybe(isObject),
  priority: isText,
  readState: isText,
  userActionState: isText,
  expirationDateTime: isText,
  groupName: maybe(isText),
  appNotificationId: maybe(isText),
  displayTimeToLive: maybe(isNumber),
};
const pageShape: Shape = { value: Array.isArray, cursor: isText, more: isFlag, syncCursor: maybe(isText) };
const subscriptionShape: Shape = {
  userNotificationSubscriptionId: isText,
  application: isText,
  deviceId: isText,
  platform: isText,
  socketUrl: isText,
};

function at(value: unknown, path: string): unknown {
  let current = value;
  for (const name of path.split('/')) current = typeof current === 'object' && current !== null ? Reflect.get(current, name) : undefined;
  return current;
}

/** Returns the path of the first member that is missing or has the wrong type; undefined if all are valid. */
function wrongMember(value: unknown, shape: Shape, prefix = ''): string | undefined {
  const wrong = Object.entries(shape).find(([path, check]) => !check(at(value, path)));
  return wrong && `${prefix}/${wrong[0]}`;
}

export function wrongInVisualContent(value: unknown, prefix = ''): string | undefined {
  return wrongMember(value, visualContentShape, prefix);
}

export function wrongInNotification(value: unknown, prefix = ''): string | undefined {
  if (at(value, 'status') === 'Deleted') return wrongMember(value, tombstoneShape, prefix);
  const wrong = wrongMember(value, activeShape, prefix);
  const visual = at(value, 'payload/visualContent') ?? undefined;
  return wrong ?? (visual === undefined ? undefined : wrongInVisualContent(visual, `${prefix}/payload/visualContent`));
}

/** Checks one page of a list of notifications. */
export function wrongInPage(value: unknown): string | undefined {
  const wrong = wrongMember(value, pageShape);
  if (wrong !== undefined) return wrong;
  const items = at(value, 'value');
  for (const [index, item] of (Array.isArray(items) ? items : []).entries()) {
    const inItem = wrongInNotification(item, `/value/${index}`);
    if (inItem !== undefined) return inItem;
  }
  return undefined;
}

export function wrongInSubscription(value: unknown): string | undefined {
  return wrongMember(value, subscriptionShape);
}
