// Why a proxy could not be started; the message is one clear line.

export class ProxyError extends Error {
  override readonly name = 'ProxyError';
}
