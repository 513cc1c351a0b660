// Base64 of a text's UTF-8 bytes, in the standard alphabet with padding.

/** Bytes that are turned into characters at once: an argument list has a maximum length. */
const chunkSize = 8192;

export function base64Of(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  for (let at = 0; at < bytes.length; at += chunkSize) binary += String.fromCharCode(...bytes.subarray(at, at + chunkSize));
  return btoa(binary);
}
