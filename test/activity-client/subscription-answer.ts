// The answer to a subscription as the client SDK reads it, by the types of its contract.
import { listOf, objectOf, textOf, WrongType } from './item.ts';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const dateWithOffset = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)$/;

export const isGuid = (text: string): boolean => guid.test(text);

/** The UNSID. @throws WrongType */
export function unsidIn(value: unknown): string {
  const json = objectOf(value, 'the answer');
  const absent = (name: string) => json[name] === undefined || json[name] === null;
  const each = (names: readonly string[], check: (text: string) => boolean) => {
    for (const name of names) {
      if (!absent(name) && !check(textOf(json[name], name))) throw new WrongType(`${name} cannot be read: ${JSON.stringify(json[name])}`);
    }
  };
  each(['id', 'viewId'], isGuid);
  each(['channelUrlExpiry'], (text) => dateWithOffset.test(text));
  each(['deviceId', 'applicationId', 'channelUrl', 'filters', 'partialSyncToken'], () => true);
  if (!absent('publisherFilters')) for (const filter of listOf(json['publisherFilters'], 'publisherFilters')) objectOf(filter, 'a filter');
  if (!absent('localSyncRangeInDays')) objectOf(json['localSyncRangeInDays'], 'localSyncRangeInDays');
  return textOf(json['userNotificationSubscriptionId'], 'userNotificationSubscriptionId');
}
