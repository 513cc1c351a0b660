// A sample of the walk in test/verify: places of the documents that drive the emulator, altered in a copy.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDriver, type Driver, probes, walkDocument } from '../verify/drive/drive.ts';
import { pointer } from '../verify/drive/edits.ts';
import { documentNames } from './walk.ts';

const sample = [
  '/paths/~1beta~1me~1notifications',
  '/paths/~1client~1v1~1subscriptions/post/responses/409',
  '/paths/~1client~1v1~1notifications/get/parameters/0',
  '/components/parameters/Top/schema/maximum',
  '/components/schemas/VisualContent/properties/title/minLength',
  '/components/schemas/NotificationRequest/properties/expirationDateTime/x-default-ahead',
  '/components/schemas/InnerErrorCode/enum/0',
  '/components/responses/Gone/headers/Duration',
  '/components/headers/CacheControl/schema/const',
  '/components/schemas/ClockAdvance/properties/seconds/maximum',
  '/x-lifetimes/authorizationCode/value',
  '/paths/~1{tenant}~1oauth2~1v2.0~1token/post/security/1/clientBasic',
  '/components/parameters/Session/in',
  '/components/schemas/TokenRequest/allOf/0/if/properties/grant_type/const',
  '/components/schemas/TokenRequest/dependentRequired/client_assertion_type',
  '/components/responses/ErrorPage/content/text~1html;charset=utf-8',
  '/channels/deviceSocket/bindings/ws/query/required/0',
  '/components/schemas/NotificationMessage/properties/change/enum/0',
  '/x-limits/maxEmbeddedBytes/value',
  '/x-close-codes/replaced/code',
];

describe('the documents drive the emulator', () => {
  let driver: Driver;
  beforeAll(async () => {
    driver = await createDriver(probes.filter(({ isHeavy, isLast }) => !isHeavy && !isLast));
  });
  afterAll(() => driver?.close());

  it.each(documentNames)('no keyword of %s is forgotten: each is altered, or known to say something to readers only', (document) => {
    expect(walkDocument(document).forgotten).toEqual([]);
  });

  const locations = documentNames.flatMap((document) => walkDocument(document).locations);
  it.each(sample)('validates differently when %s is altered in a copy', async (place) => {
    const location = locations.find(({ at }) => pointer(at) === place);
    if (!location) throw new Error(`no document has ${place}`);
    for (const { seenBy, says } of await driver.drive(location)) expect(seenBy, says).toBeDefined();
  });
});
