// Posting and listing since a cursor over HTTP, with 1,000 and with 1,000,000 stored notifications in one run. Run: node --import tsx bench/http.ts
import { Agent, request } from 'node:http';
import { contentFrom } from '../src/domain/content.ts';
import { createNotification } from '../src/domain/notification.ts';
import type { Stores } from '../src/domain/ports.ts';
import { composeEmulator } from '../src/emulator.ts';
import { createRandomIds } from '../src/runtime/ids.ts';

const application = 'contoso.example';
const rounds = 40;
const perRound = 50;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

interface Answer {
  readonly status: number;
  readonly body: string;
}

function call(url: string, method: string, headers: Record<string, string>, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent, headers: { 'Content-Type': 'application/json', ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
    });
    sent.on('error', reject).end(body);
  });
}

async function fill(stores: Stores, count: number): Promise<void> {
  const ids = createRandomIds();
  const feed = { userId: 'adele', application };
  const now = Date.now();
  for (let index = await stores.notifications.count(); index < count; index += 1) {
    // Yields to the event loop, so that idle connections are closed properly.
    if (index % 10_000 === 0) await new Promise<void>((resolve) => setImmediate(resolve));
    const content = contentFrom(
      { targetHostName: application, payload: { rawContent: `notification ${index}` } },
      { now, lifetimeMs: 7 * 86_400_000 },
    );
    await stores.notifications.write(feed, { id: undefined }, now, (_, position) =>
      createNotification(ids.guid(), content, { position, now, origin: null }),
    );
  }
}

/** Median microseconds of one call. */
async function measure(act: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    for (let count = 0; count < perRound; count += 1) await act();
    times.push(((performance.now() - start) * 1000) / perRound);
  }
  return times.sort((a, b) => a - b)[rounds >> 1] ?? 0;
}

let stores: Stores | undefined;
const keep = (memory: Stores) => {
  stores = memory;
  return memory;
};
const emulator = await composeEmulator({}, { stores: keep });
const user = { Authorization: 'Bearer dev.user.adele' };
const subscribed = await call(
  `${emulator.url}/client/v1/subscriptions`,
  'POST',
  user,
  JSON.stringify({ application, deviceId: 'bench', platform: 'iOS' }),
);
const unsid = String(JSON.parse(subscribed.body).userNotificationSubscriptionId);
const post = () =>
  call(
    `${emulator.url}/beta/me/notifications`,
    'POST',
    { Authorization: 'Bearer dev.app.bench', 'X-UNS-ID': unsid },
    JSON.stringify({ targetHostName: application, payload: { rawContent: 'Hello' } }),
  );

async function measured(count: number): Promise<{ post: number; list: number }> {
  if (stores) await fill(stores, count);
  const head = JSON.parse(
    (await call(`${emulator.url}/client/v1/notifications?$top=1`, 'GET', { ...user, 'X-UNS-ID': unsid })).body,
  ).syncCursor;
  for (let extra = 0; extra < 5; extra += 1) await post();
  const list = () => call(`${emulator.url}/client/v1/notifications?since=${head}&$top=5`, 'GET', { ...user, 'X-UNS-ID': unsid });
  await measure(list);
  return { list: await measure(list), post: await measure(post) };
}

const small = await measured(1_000);
const large = await measured(1_000_000);
for (const name of ['post', 'list'] as const) {
  console.log(
    `${name}: ${small[name].toFixed(0)} µs with 1,000 stored, ${large[name].toFixed(0)} µs with 1,000,000, ratio ${(large[name] / small[name]).toFixed(2)}`,
  );
}
await emulator.stop();
agent.destroy();
