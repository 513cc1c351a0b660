// Why a TLS handshake failed, in words that say what is to be done.

export function handshakeFault({ code = '', message }: NodeJS.ErrnoException): string {
  if (code === 'ERR_SSL_HTTP_REQUEST') return 'the client spoke http to the https port';
  if (/_ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN)$/.test(code)) return `the client does not trust the certificate (${code})`;
  return code === '' ? message : code;
}
