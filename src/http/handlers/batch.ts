// JSON batching (F54): every request of a batch is served as if it had come alone.
import { Refusal } from '../../domain/errors.ts';
import { idKey, orderOf } from '../batch/batch-order.ts';
import { sourceOf } from '../batch/batch-request.ts';
import type { Handlers, ServedResponse } from '../handler.ts';

/** About the batch's own connection. */
const leftOut = new Set(['content-length', 'strict-transport-security']);

export function createBatchHandler(): Pick<Handlers, 'postBatch'> {
  return {
    postBatch: async ({ body, inBatch }) => {
      const { requests } = body;
      const responses = new Map<string, ServedResponse>();
      // One after the other, so that what they do has an order.
      for (const one of orderOf(requests)) {
        const failed = one.dependsOn?.find((id) => (responses.get(idKey(id))?.status ?? 0) >= 400);
        const refusal = failed === undefined ? undefined : dependencyFailed(failed);
        responses.set(idKey(one.id), await inBatch.serve(sourceOf(one, inBatch.headers), refusal));
      }
      return { status: 200, body: { responses: requests.map(({ id }) => responseJson(id, responses.get(idKey(id)))) } };
    },
  };
}

const dependencyFailed = (id: string): Refusal =>
  new Refusal('FailedDependency', `The request ${id}, on which this one depends, has failed.`);

function responseJson(id: string, response: ServedResponse | undefined) {
  const { status = 500, headers = [], body } = response ?? {};
  const pairs = headers.flatMap((name, index) =>
    index % 2 === 0 && !leftOut.has(name.toLowerCase()) ? [[name, headers[index + 1] ?? ''] as const] : [],
  );
  const parsed: unknown = body === undefined ? undefined : JSON.parse(body);
  return { id, status, headers: Object.fromEntries(pairs), ...(parsed === undefined ? {} : { body: parsed }) };
}
