// Reads the body of a response up to a limit: a server that sends more than that is not read to its end.

/** Bytes of one response, decompressed: many times what a page of a list has. */
export const maxBodyBytes = 67_108_864;

/** The body is larger than the limit. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';

  constructor(maxBytes: number) {
    super(`the response is larger than ${maxBytes} bytes, the most that is read`);
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
      // What the server says to that does not matter any more.
      void reader.cancel().catch(() => undefined);
      throw new BodyTooLargeError(maxBytes);
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** Lets the body go without reading it, and without waiting: a body that is shared with a copy is let go only when both are. */
export function discardBody(response: Response): void {
  void response.body?.cancel().catch(() => undefined);
}
