// Headers that a document requires of answers: each has a value from the document or from the emulator, or there is no start.
import { afterEach, describe, expect, it } from 'vitest';
import { loadSpec } from '../../src/documents/spec.ts';
import { type HttpApp, startHttpApp } from '../support/http-app.ts';
import { alteredCopy, writeDocument } from '../support/http-spec.ts';

let app: HttpApp | undefined;
afterEach(async () => {
  await app?.stop();
  app = undefined;
});

async function startWith(file: string): Promise<void> {
  app = await startHttpApp({ spec: await loadSpec({ files: [file] }), validateResponses: false });
}

const quota = 'X-Quota: { required: true, schema: { type: string } }';
const required = (name: string) => `${name}: { required: true, schema: { type: string } }`;

/** A document with one operation, whose handler is known by this name, or is not. */
const documentOf = (operationId: string, status: string, headers: string, content = '') => `
openapi: 3.1.0
info: { title: own, version: '1' }
paths:
  /own:
    get:
      operationId: ${operationId}
      responses: { '${status}': { description: x, headers: { ${headers} }${content} } }
`;
const example = ', content: { application/json: { example: { a: 1 } } }';

const created = 'x-source: [F2, F3, F5, F6, D5, D15]\n      headers:\n';
const page = '    ErrorPage:\n      description: What went wrong, as a page for a person\n      x-source: [F42, P]\n      headers:\n';
const ofCreated = (header: string) => () => alteredCopy('notifications.yaml', [created, `${created}        ${header}\n`]);
const own =
  (...args: Parameters<typeof documentOf>) =>
  () =>
    writeDocument(documentOf(...args));

describe('a required header without a value', () => {
  it.each<[string, () => string, string]>([
    ['of what a handler answers', ofCreated(quota), 'postNotification 201 header X-Quota'],
    ['that is sent with other statuses', own('listNotifications', '200', required('Location')), 'listNotifications 200 header Location'],
    ['of a range of successes', own('listNotifications', '2XX', quota), 'listNotifications 2XX header X-Quota'],
    ['of an error', own('listNotifications', '400', quota), 'listNotifications 400 header X-Quota'],
    ['of another error', own('listNotifications', '400', required('WWW-Authenticate')), 'listNotifications 400 header WWW-Authenticate'],
    ['of a range of errors', own('listNotifications', '4XX', required('Retry-After')), 'listNotifications 4XX header Retry-After'],
    ['of every answer', own('listNotifications', 'default', required('Retry-After')), 'listNotifications default header Retry-After'],
    ['of an example', own('ownOperation', '202', quota, example), 'ownOperation 202 header X-Quota'],
    [
      'of an unknown path',
      () => writeDocument(`${documentOf('own', '204', '')}x-unmatched: { '404': { description: x, headers: { ${quota} } } }\n`),
      'x-unmatched 404 header X-Quota',
    ],
    [
      'of a page',
      () => alteredCopy('identity.yaml', [page, `${page}        ${required('Retry-After')}\n`]),
      'showDevicePage 400 header Retry-After',
    ],
  ])('%s stops the start with its name', async (_what, file, name) => {
    const path = file();
    const refusal: unknown = await startWith(path).catch((reason: unknown) => reason);
    expect(refusal).toMatchObject({
      name: 'DocumentError',
      message: expect.stringMatching(
        /: is required, but has no value: give its schema a const, do not require it, or \(in the source\) compute it in response\.ts or list it in required-headers\.ts$/,
      ),
    });
    expect(refusal).toMatchObject({ message: expect.stringContaining(name) });
    expect(refusal).toMatchObject({ message: expect.stringContaining(path) });
  });

  it.each<[string, () => string]>([
    ['it has a const', ofCreated("X-Quota: { required: true, schema: { const: '5' } }")],
    ['it is optional', ofCreated('X-Quota: { schema: { type: string } }')],
    ['the emulator computes it, in any spelling', ofCreated('DATE: { required: true, schema: { type: string } }')],
    ['it comes with every body', ofCreated(required('Content-Type'))],
    ['it is of a status that is never answered', own('listNotifications', '299', quota)],
    ['its example is sent', own('ownOperation', '202', 'X-Quota: { required: true, schema: { type: string }, example: 5 a day }', example)],
    [
      'it comes with the only status of a range',
      () =>
        alteredCopy('notifications.yaml', [
          "'201': { $ref: '#/components/responses/NotificationCreated",
          "2XX: { $ref: '#/components/responses/NotificationCreated",
        ]),
    ],
    ['it is that of a 401', own('listNotifications', '401', required('WWW-Authenticate'))],
    ['it is that of a 405', own('listNotifications', '405', required('Allow'))],
    ['it is that of a 429', own('listNotifications', '429', required('retry-after'))],
    ['it is that of all 5XX', own('listNotifications', '5XX', required('Retry-After'))],
  ])('does not stop the start where %s', async (_what, file) => {
    await expect(startWith(file())).resolves.toBeUndefined();
  });
});
