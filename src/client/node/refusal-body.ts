// Reads the body of the response that refuses a handshake: bounded in bytes and in time, because the status is enough.
import type { IncomingMessage } from 'node:http';

const maxRefusalBytes = 65_536;
const maxRefusalMs = 5000;

/** What arrives in time, as text. @throws what the connection throws */
export function readRefusalBody(
  response: IncomingMessage,
  { timeoutMs = maxRefusalMs }: { readonly timeoutMs?: number } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (): void => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks).toString('utf8'));
    };
    const timer = setTimeout(finish, timeoutMs);
    response.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxRefusalBytes) finish();
      else chunks.push(chunk);
    });
    response.once('end', finish);
    response.once('close', finish);
    response.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}
