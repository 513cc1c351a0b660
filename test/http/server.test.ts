// What the log says of TLS handshakes that failed.
import { expect, it } from 'vitest';
import { handshakeFailureReason } from '../../src/http/server.ts';

it.each([
  ['ERR_SSL_HTTP_REQUEST', 'the client spoke http to the https port'],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'the client does not trust the certificate (ERR_SSL_TLSV1_ALERT_UNKNOWN_CA)'],
  ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'the client does not trust the certificate (ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE)'],
  ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN', 'the client does not trust the certificate (ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN)'],
  ['ECONNRESET', 'ECONNRESET'],
  [undefined, 'broken'],
])('a handshake that failed with %s is reported as: %s', (code, text) => {
  expect(handshakeFailureReason(Object.assign(new Error('broken'), code === undefined ? {} : { code }))).toBe(text);
});
