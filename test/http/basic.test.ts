// Basic authentication: heard where the document names it, asked for where the document names nothing else.
import request from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { loadSpec } from '../../src/documents/spec.ts';
import { type HttpApp, type HttpAppOptions, shippedSpec, startHttpApp } from '../support/http-app.ts';
import { alteredCopy } from '../support/http-spec.ts';

const authorization = `Basic ${Buffer.from('server:secret').toString('base64')}`;
const optional = 'security: [{}, { clientBasic: [] }]';
const path = '/contoso.example/oauth2/v2.0';
const specWith = (security: string) => loadSpec({ files: [alteredCopy('identity.yaml', [optional, security])] });

let app: HttpApp;
afterEach(() => app.stop());

async function asked({ headers = {}, to = 'token', ...options }: HttpAppOptions & { headers?: Record<string, string>; to?: string } = {}) {
  app = await startHttpApp({ validateResponses: false, ...options });
  const form = 'grant_type=client_credentials&client_id=server&scope=openid';
  const answer = await request(app.url)
    .post(`${path}/${to}`)
    .set({ 'Content-Type': 'application/x-www-form-urlencoded', ...headers })
    .send(form);
  return { status: answer.status, body: answer.body, heard: app.calls.map(({ call }) => call.authorization) };
}

describe('Basic authentication', () => {
  it('[F32] is heard where the document names it beside nothing', async () => {
    expect(await asked({ headers: { Authorization: authorization } })).toMatchObject({ heard: [authorization] });
  });

  it('[F32] is not asked for there', async () => {
    expect(await asked()).toMatchObject({ heard: [undefined] });
  });

  it('is not heard where the document does not name it', async () => {
    expect(await asked({ headers: { Authorization: authorization }, to: 'devicecode' })).toMatchObject({ heard: [undefined] });
    await app.stop();
    const spec = await specWith('security: []');
    expect(await asked({ spec, headers: { Authorization: authorization } })).toMatchObject({ heard: [undefined] });
  });

  it('is asked for where the document names nothing else, and described in the words of the platform', async () => {
    const spec = await specWith('security: [{ clientBasic: [] }]');
    expect(await asked({ spec })).toMatchObject({ status: 401, body: { error: 'invalid_client', error_codes: [7000218] }, heard: [] });
    await app.stop();
    expect(await asked({ spec, headers: { Authorization: authorization } })).toMatchObject({ heard: [authorization] });
  });

  it('is one way among others where the document names a token too', async () => {
    const scheme = 'clientBasic:\n      type: http\n      scheme: basic\n      description: Client id';
    const withBearer = `bearer: { type: http, scheme: bearer }\n    ${scheme}`;
    const file = alteredCopy('identity.yaml', [optional, 'security: [{ bearer: [] }, { clientBasic: [] }]'], [scheme, withBearer]);
    const spec = await loadSpec({ files: [file] });
    expect(await asked({ spec, headers: { Authorization: authorization } })).toMatchObject({ heard: [authorization] });
    await app.stop();
    expect(await asked({ spec })).toMatchObject({ status: 401, heard: [] });
  });

  it('is no kind of caller', () => {
    const issueToken = shippedSpec.operations.find(({ operationId }) => operationId === 'issueToken');
    expect(issueToken).toMatchObject({ security: [], basic: 'optional' });
  });
});
