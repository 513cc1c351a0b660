// Contents that more than one battery posts.
import { startInstant } from '../../support/time.ts';

export const day = 86_400_000;
export const ahead = (milliseconds: number) => new Date(startInstant + milliseconds).toISOString();
export const fallback = (more: object = {}) => ({
  endpointFallback: { platformTypes: ['iOS'], fallbackDelayInSeconds: 120, visualContent: { title: 'Late', body: 'read it' }, ...more },
});
export const visual = (more: object) => ({ payload: { visualContent: { title: 'Build', ...more } } });
export const targets = (...platformTypes: readonly string[]) => ({ targetPolicy: { platformTypes } });
