// All checks on responses, by the id of the requirement that each validates.
import { answerMediaType, answerSchema, errorBody, errorCodes } from './body.ts';
import type { Check } from './check.ts';
import { answerHeaders, clientRequestId, methodNotAllowed, requestId, unauthorized } from './headers.ts';
import { noLeak } from './leak.ts';
import { postBodyMembers } from './post-body.ts';
import { postIds } from './post-ids.ts';
import { answerStatus, noServerError } from './status.ts';
import { throttling } from './throttling.ts';

export const answerChecks: Readonly<Record<string, Check>> = {
  'answer-status': answerStatus,
  'answer-schema': answerSchema,
  'answer-media-type': answerMediaType,
  'answer-headers': answerHeaders,
  'request-id': requestId,
  'client-request-id': clientRequestId,
  'error-body': errorBody,
  'error-codes': errorCodes,
  'no-server-error': noServerError,
  'no-leak': noLeak,
  'post-body-members': postBodyMembers,
  'post-id': postIds,
  unauthorized,
  throttling,
  'method-not-allowed': methodNotAllowed,
};
