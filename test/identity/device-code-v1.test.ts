// Device sign-in and sign-out as the libraries of v1 have them (F47).
import { describe, expect, it } from 'vitest';
import { useEmulators } from '../support/emulator.ts';
import { onPage } from '../support/person.ts';
import { graphScope, usePeople } from '../support/sign-in.ts';
import { claimsOf, contoso, phone, refusalOf, startTokens } from '../support/token-client.ts';

const tokens = await startTokens(useEmulators('file'));
const resource = 'https://activity.microsoft.com';
const people = usePeople();

describe('a device sign-in of v1', () => {
  it('[F47] [F37] gives numbers as strings, and a token for the resource where the device code is sent as code', async () => {
    const { status, body } = await tokens.startDeviceV1({ ...phone, resource });
    const page = `${tokens.url}/${contoso}/oauth2/deviceauth`;
    expect({ status, body }).toMatchObject({ status: 200, body: { verification_url: page, expires_in: '900', interval: '5' } });
    expect(body.message).toContain(body.user_code);
    const asked = { grant_type: 'device_code', ...phone, code: body.device_code, resource };
    expect(refusalOf(await tokens.askV1(asked))).toEqual({ status: 400, number: 70016 });
    await tokens.finishDevice(body.device_code, 'approved');
    const { body: answer } = await tokens.askV1(asked);
    expect(answer).toMatchObject({ resource, expires_in: '3599', refresh_token: expect.any(String) });
    expect(claimsOf(answer.access_token)).toMatchObject({ aud: resource, upn: 'adele@contoso.example' });
  });

  it('[F47] [F42] needs a resource that is known', async () => {
    expect(refusalOf(await tokens.startDeviceV1({ ...phone }))).toEqual({ status: 400, number: 900144 });
    expect(refusalOf(await tokens.startDeviceV1({ ...phone, resource: 'https://nowhere.example' }))).toEqual({
      status: 400,
      number: 500011,
    });
  });

  it('[F47] [F37] needs the device code by one of its names, and in v2.0 by its own', async () => {
    const { body } = await tokens.startDevice({ ...phone, scope: graphScope });
    const asked = { grant_type: 'device_code', ...phone };
    expect(refusalOf(await tokens.ask({ ...asked, code: body.device_code }))).toEqual({ status: 400, number: 900144 });
    expect(refusalOf(await tokens.askV1(asked))).toEqual({ status: 400, number: 900144 });
    expect(refusalOf(await tokens.askV1({ ...asked, device_code: body.device_code }))).toEqual({ status: 400, number: 70016 });
  });

  it('[F47] is approved on the page, which says for what', async () => {
    const emulator = await people();
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const bytes = new URLSearchParams({ client_id: 'phone', resource }).toString();
    const { body } = await emulator.send<{ user_code: string }>({ method: 'POST', path: '/common/oauth2/devicecode', headers, bytes });
    const typed = onPage(await emulator.person().open('/common/oauth2/deviceauth'));
    const known = onPage(await typed.press('Next', { user_code: body.user_code }));
    const asked = onPage(await known.press('AV'));
    expect(asked.text).toContain('the activity service');
    expect(onPage(await asked.press('Accept')).title).toBe('You are signed in');
  });
});

it('[F47] [F38] signs out at the address of v1', async () => {
  const emulator = await people();
  const person = emulator.person();
  person.cookies.set('unsid-session', 'anything');
  expect(onPage(await person.open('/common/oauth2/logout')).title).toBe('You are signed out');
  expect(person.cookies.size).toBe(0);
});
