// Which redirect URIs are a client's own: exact text, but for the port of a native app's loopback.
import { describe, expect, it } from 'vitest';
import { redirectKindOf } from '../../src/identity/login/redirect-uris.ts';
import { createRegistrations } from '../../src/identity/registry/registrations.ts';

const registered = {
  web: ['https://app.example/signed-in', 'https://app.example:8443/cb?tenant=1', 'javascript:alert(1)', 'https://app.example/frag#x'],
  spa: ['http://page.localhost:5173/'],
  publicClient: [
    'http://localhost',
    'http://127.0.0.1/back',
    'http://[::1]/',
    'https://localhost/tls',
    'phone-app://auth',
    'urn:ietf:wg:oauth:2.0:oob',
  ],
};
const { clients } = createRegistrations({ clients: [{ clientId: 'app', redirectUris: registered }] });
const kindOf = (uri: string) => clients.map((client) => redirectKindOf(client, uri))[0];

describe('a redirect URI', () => {
  it.each([
    ['https://app.example/signed-in', 'web'],
    ['https://app.example:8443/cb?tenant=1', 'web'],
    ['http://page.localhost:5173/', 'spa'],
    ['phone-app://auth', 'publicClient'],
    ['urn:ietf:wg:oauth:2.0:oob', 'publicClient'],
    ['http://localhost', 'publicClient'],
    ['http://localhost/', 'publicClient'],
    ['http://localhost:54321', 'publicClient'],
    ['http://localhost:54321/', 'publicClient'],
    ['http://127.0.0.1:1/back', 'publicClient'],
    ['http://[::1]:65535/', 'publicClient'],
  ])("[F34] %s is the client's own, of kind %s", (uri, kind) => {
    expect(kindOf(uri)).toBe(kind);
  });

  it.each([
    ['of nobody', 'https://elsewhere.example/'],
    ['with another path', 'https://app.example/signed-in/'],
    ['with another case', 'https://app.example/Signed-In'],
    ['with another scheme', 'http://app.example/signed-in'],
    ['with a port', 'https://app.example:443/signed-in'],
    ['with a query more', 'https://app.example/signed-in?x=1'],
    ['without its query', 'https://app.example:8443/cb'],
    ['with a fragment', 'https://app.example/signed-in#x'],
    ['registered with a fragment', 'https://app.example/frag#x'],
    ['with user information', 'https://me@app.example/signed-in'],
    ['that looks like one', 'https://app.example.evil.example/signed-in'],
    ['with a path that climbs', 'https://app.example/x/../signed-in'],
    ['with an encoded path that climbs', 'https://app.example/x/%2e%2e/signed-in'],
    ['that is a script, even if registered', 'javascript:alert(1)'],
    ['of a page on another port', 'http://page.localhost:5174/'],
    ['of loopback with https and another port', 'https://localhost:8443/tls'],
    ['of loopback with another path', 'http://localhost:3000/other'],
    ['of another loopback name', 'http://[::1]:3000/back'],
    ['of loopback in another spelling', 'http://127.1:3000/back'],
    ['of loopback with user information', 'http://localhost:80@evil.example/'],
    ['of loopback with a user', 'http://me@localhost:3000/'],
    ['of loopback with a port that is none', 'http://localhost:99999/'],
    ['of loopback with a fragment', 'http://localhost:3000/#x'],
    ['of loopback that climbs', 'http://localhost:3000/x/..'],
    ['of loopback with a backslash', 'http://localhost:3000\\@evil.example/'],
    ['of loopback with a line end', 'http://localhost:3000/\r\nX: y'],
    ['of a host that begins so', 'http://localhost.evil.example/'],
    ['in capitals', 'HTTP://LOCALHOST:3000/'],
    ['that is empty', ''],
  ])('[F34] %s is refused: %s', (_, uri) => {
    expect(kindOf(uri)).toBeUndefined();
  });
});
