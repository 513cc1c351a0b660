// Sign-ins that cannot be: what is shown on a page, what goes back to the client, and in which words.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { signInErrors } from '../../src/identity/sign-in-errors.ts';
import { atClient, onPage } from '../support/person.ts';
import { authorizePath, contoso, fabrikam, pkce, postPath, signInFields, usePeople } from '../support/sign-in.ts';

const start = usePeople();
const open = async (...request: Parameters<typeof authorizePath>) => (await start()).person().open(authorizePath(...request));

describe('the table of errors', () => {
  const { schemas } = parse(readFileSync(new URL('../../openapi/identity.yaml', import.meta.url), 'utf8')).components;

  it('[F42] has only numbers and names of the document', () => {
    const rows = Object.values(signInErrors);
    expect(schemas.ErrorNumber.enum).toEqual(expect.arrayContaining(rows.map(({ number }) => number)));
    expect(schemas.ErrorName.enum).toEqual(expect.arrayContaining(rows.map(({ error }) => error)));
  });
});

describe('a request whose client or place is not known', () => {
  it.each([
    ['an unknown tenant', 90002, {}, { tenant: 'nowhere.example' }],
    ['an unknown client', 700016, { client_id: 'nobody' }, {}],
    ['a client of another tenant', 700016, { client_id: 'single', redirect_uri: 'https://single.example/cb' }, { tenant: fabrikam }],
    ['no client', 900144, { client_id: undefined }, {}],
    ['no redirect URI', 900144, { redirect_uri: undefined }, {}],
    ['no response type', 900144, { response_type: undefined }, {}],
    ['another response type', 70005, { response_type: 'token' }, {}],
    ['a redirect URI that is not registered', 50011, { redirect_uri: 'https://evil.example/' }, {}],
    ['a redirect URI of another client', 50011, { redirect_uri: 'http://localhost:5173/' }, {}],
    ['a redirect URI with user information', 50011, { redirect_uri: 'https://localhost:3000@evil.example/signed-in' }, {}],
    ['a redirect URI with a fragment', 50011, { redirect_uri: 'https://localhost:3000/signed-in#x' }, {}],
    ['a redirect URI on another port', 50011, { redirect_uri: 'https://localhost:3001/signed-in' }, {}],
    ['a redirect URI that climbs', 50011, { redirect_uri: 'https://localhost:3000/x/../signed-in' }, {}],
    ['a script for a redirect URI', 50011, { redirect_uri: 'javascript:alert(1)' }, {}],
    ['a redirect URI that is none', 9002313, { redirect_uri: 'signed-in' }, {}],
    ['an unknown prompt', 9002313, { prompt: 'maybe' }, {}],
    ['an unknown response mode', 9002313, { response_mode: 'jwt' }, {}],
    ['a challenge by another method', 9002313, { ...pkce, code_challenge_method: 'plain' }, {}],
    ['a challenge that is none', 9002313, { ...pkce, code_challenge: 'short' }, {}],
  ])('[F42] is shown on a page, never by a redirect: %s (%i)', async (_, number, fields, place) => {
    for (const version of ['2.0', '1.0'] as const) {
      const seen = onPage(await open(fields, { ...place, version }));
      expect(seen).toMatchObject({ status: 400, title: 'Sign-in did not work' });
      expect(seen.text).toContain(`AADSTS${number}: `);
      expect(seen.forms).toEqual([]);
    }
    const posted = onPage(await (await start()).person().submit(postPath(place), { ...signInFields(fields), sign_in: 'adele' }));
    expect(posted.status).toBe(400);
  });
});

describe('a request of a known client', () => {
  const page = { client_id: 'page', redirect_uri: 'http://localhost:5173/' };
  const phone = { client_id: 'phone', redirect_uri: 'http://localhost:1234' };
  const open2 = { client_id: 'open', redirect_uri: 'https://open.example/cb' };

  it.each([
    ['without scope', 'invalid_request', 900144, { scope: undefined }],
    ['with an empty scope', 'invalid_request', 900144, { scope: ' ' }],
    ['with scopes of two resources', 'invalid_scope', 70011, { scope: 'Mail.Read api://notes/Notes.Read' }],
    ['with .default among others', 'invalid_scope', 70011, { scope: '.default Mail.Read' }],
    ['with a scope that is none', 'invalid_scope', 70011, { scope: 'Mail;Read' }],
    ['for an unknown resource', 'invalid_resource', 500011, { scope: 'api://nothing/Read' }],
    ['of a page without a challenge', 'invalid_request', 9002325, page],
    ['of a native app without a challenge', 'invalid_request', 9002325, phone],
    ['of a client without a secret, without a challenge', 'invalid_request', 9002325, open2],
    ['with a challenge and no method', 'invalid_request', 9002313, { code_challenge: pkce.code_challenge }],
    ['that may not ask, with nobody signed in', 'login_required', 50058, { prompt: 'none' }],
  ])('[F34] [F42] %s goes back to it as %s (%i), in each response mode', async (_, error, number, fields) => {
    for (const response_mode of ['query', 'fragment', 'form_post'] as const) {
      const seen = await open({ ...fields, response_mode, state: 's' });
      const landed = atClient(seen.kind === 'page' ? await seen.press('Continue') : seen);
      expect(landed.part).toBe({ query: 'query', fragment: 'fragment', form_post: 'body' }[response_mode]);
      expect(landed.parameters).toEqual({ error, state: 's', error_description: expect.stringMatching(`^AADSTS${number}: `) });
    }
  });

  it.each([
    ['for an unknown resource', 'invalid_resource', 500011, { resource: 'api://nothing' }],
    ['of a page without a challenge', 'invalid_request', 9002325, page],
  ])('[F40] [F42] of v1 %s goes back to it as %s (%i)', async (_, error, number, fields) => {
    const { parameters } = atClient(await open({ scope: undefined, ...fields }, { version: '1.0' }));
    expect(parameters).toEqual({ error, error_description: expect.stringMatching(`^AADSTS${number}: `) });
  });

  it('[F42] that fails never shows a page, even when somebody presses a button', async () => {
    const person = (await start()).person();
    const seen = await person.submit(postPath(), { ...signInFields({ ...page, state: 'x' }), sign_in: 'adele' });
    expect(atClient(seen).parameters).toMatchObject({ error: 'invalid_request', state: 'x' });
    expect(person.cookies.size).toBe(0);
  });

  it('[F38] [F42] of one tenant is not for the users of another', async () => {
    const seen = onPage(await open({ login_hint: 'dana' }, { tenant: contoso }));
    expect(seen.buttons.some((label) => label.includes('fabrikam'))).toBe(false);
  });
});
