// A trusted issuer on loopback: keys that a test changes, a server that can fail, and tokens as the issuer gives them.
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { JWTPayload } from 'jose';
import { afterEach } from 'vitest';

export interface KeyServer {
  readonly url: string;
  /** What it answers from now on: a text, a status, or whatever a function does. */
  answer: string | number | ((response: ServerResponse) => void);
  readonly requests: () => number;
  stop(): Promise<void>;
}

/** Call it once at the head of a test file; servers are stopped after each test. */
export function useKeyServers(): (answer: KeyServer['answer']) => Promise<KeyServer> {
  const running: KeyServer[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((server) => server.stop()));
  });
  return async (answer) => {
    const server = await createKeyServer(answer);
    running.push(server);
    return server;
  };
}

async function createKeyServer(answer: KeyServer['answer']): Promise<KeyServer> {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    const { answer: reply } = keyServer;
    if (typeof reply === 'function') reply(response);
    else if (typeof reply === 'number') response.writeHead(reply, { Location: '/elsewhere' }).end();
    else response.writeHead(200, { 'Content-Type': 'application/json' }).end(reply);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const keyServer: KeyServer = {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/keys`,
    answer,
    requests: () => requests,
    stop: async () => {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return keyServer;
}

export const foreignIssuer = 'https://id.example/tenant/';

export function foreignClaims(now: number, more: JWTPayload = {}): JWTPayload {
  const iat = Math.floor(now / 1000);
  return {
    iss: foreignIssuer,
    aud: 'https://graph.microsoft.com',
    iat,
    nbf: iat,
    exp: iat + 3600,
    appid: 'foreign-phone',
    scp: 'Notifications.ReadWrite.CreatedByApp',
    oid: 'foreign-user',
    upn: 'frida@id.example',
    ...more,
  };
}
