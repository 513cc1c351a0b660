// Reads base64 as client libraries write it (RFC 4648): in either alphabet, with padding or without.

/** Undefined for what is not base64; Node itself leaves out what does not belong there. */
export function bytesInBase64(text: string): Buffer | undefined {
  const unpadded = /^([A-Za-z0-9+/_-]+)={0,2}$/.exec(text)?.[1];
  // Four letters are three bytes; of one letter alone not even one can be read.
  return unpadded === undefined || unpadded.length % 4 === 1 ? undefined : Buffer.from(unpadded, 'base64');
}
