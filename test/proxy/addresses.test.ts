// Where a proxy is reached: as an emulator, at both loopback families by default, and always at the URL that it names.
import { describe, expect, it } from 'vitest';
import { send } from '../support/http-call.ts';
import { hasIpv6 } from '../support/ipv6.ts';
import { useFakeTargets, useProxies } from './support.ts';

const startProxy = useProxies();
const startTarget = useFakeTargets();
const hasV6 = await hasIpv6();
const newTarget = async () => (await startTarget((_request, response) => response.end('ok'))).url;

describe('a proxy', () => {
  it.each(hasV6 ? ['127.0.0.1', '[::1]'] : ['127.0.0.1'])('is reached at %s by default', async (host) => {
    const { url, warning } = await startProxy(await newTarget());
    expect([new URL(url).hostname, warning]).toEqual(['127.0.0.1', undefined]);
    expect((await send(`http://${host}:${new URL(url).port}`, { path: '/x' })).status).toBe(200);
  });

  it.each(hasV6 ? ['0.0.0.0', '::', '[::]', '::ffff:0.0.0.0'] : ['0.0.0.0'])(
    'at %s names a URL to connect to, and warns of other machines',
    async (host) => {
      const { url, warning } = await startProxy(await newTarget(), { host });
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect((await send(url, { path: '/x' })).status).toBe(200);
      expect(warning).toBe(
        'listening at every address of this machine: every machine that can reach it can use the proxy, and the target through it',
      );
    },
  );
});
