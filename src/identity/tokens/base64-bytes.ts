// Decodes base64 in all forms that client libraries send (RFC 4648): either alphabet, with or without padding.

/** Returns undefined if the text is not base64; Node alone would skip invalid characters. */
export function bytesInBase64(text: string): Buffer | undefined {
  const unpadded = /^([A-Za-z0-9+/_-]+)={0,2}$/.exec(text)?.[1];
  // Four characters encode three bytes; a single remaining character cannot encode a byte.
  return unpadded === undefined || unpadded.length % 4 === 1 ? undefined : Buffer.from(unpadded, 'base64');
}
