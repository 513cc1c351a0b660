// A request as the pipeline reads it: from a connection, or from a batch.
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

export type RequestHead = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;
/** The stream is the body. */
export type RequestSource = RequestHead & Readable;

/** A request of a batch, with the body in one piece. */
export function requestSource(head: RequestHead, body: Buffer | undefined): RequestSource {
  return Object.assign(Readable.from(body === undefined ? [] : [body]), head);
}
