// Reads the body of a response up to a size limit.

/** Maximum size of a response in bytes, decompressed: many times the size of a page of a list. */
export const maxBodyBytes = 67_108_864;

/** The body is larger than the limit. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';

  constructor(maxBytes: number) {
    super(`the response is larger than ${maxBytes} bytes, the maximum that is read`);
  }
}

/**
 * The body as text.
 * @throws BodyTooLargeError; then the rest is not read. What the stream throws.
 */
export async function readText(response: Response, maxBytes: number = maxBodyBytes): Promise<string> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      const tooLarge = new BodyTooLargeError(maxBytes);
      // The outcome of the cancellation is irrelevant.
      void reader.cancel(tooLarge).catch(() => undefined);
      throw tooLarge;
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** Cancels the body without reading it, and without waiting: cancelling one copy of a cloned body waits for the other. */
export function discardBody(response: Response): void {
  void response.body?.cancel().catch(() => undefined);
}
