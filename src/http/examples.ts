// Answers operations that only a user's own document has: from the example of their response, else 501 with the reason.
import type { Operation } from '../documents/operation.ts';
import { Refusal } from '../domain/errors.ts';
import type { Reply } from './handler.ts';

/** @throws Refusal NotImplemented */
export function exampleReply({ operationId, responses }: Operation): Reply {
  for (const [status, { example, mediaType, headers }] of responses) {
    if (!/^2\d\d$/.test(status)) continue;
    const known = Object.fromEntries(headers.flatMap(({ name, example: value }) => (value === undefined ? [] : [[name, value] as const])));
    if (mediaType === undefined) return { status: Number(status), headers: known };
    if (example) return { status: Number(status), headers: known, body: example.value };
  }
  throw new Refusal(
    'NotImplemented',
    `The operation ${operationId} is not implemented, and its document has no example of a successful answer.`,
  );
}
