// The Graph surface: an app server publishes a notification (F1–F11).
import { instantText, remainingSeconds } from '../../domain/wire.ts';
import type { Published, Recipient } from '../../service/publish.ts';
import { type Call, callerOf, type HandlerResult, type Handlers } from '../handler.ts';
import type { HandlerParts } from './parts.ts';

type GraphOperation = 'postNotification' | 'postUserNotification';

export function createGraphHandlers({ service, clock }: HandlerParts) {
  type PostCall = Pick<Call, 'caller' | 'concerns' | 'origin'> & { readonly body: Call<GraphOperation>['body'] };
  async function post(call: PostCall, to: Recipient): Promise<HandlerResult> {
    const origin = call.origin();
    const published = await service.publish(callerOf(call), to, call.body);
    call.concerns?.({ notificationId: published.notification.id });
    return {
      status: 201,
      headers: { Location: `${origin}/beta/me/activities/${published.notification.id}` },
      json: notificationJson(published, origin, clock.now()),
    };
  }
  return {
    postNotification: (call) => post(call, { unsid: call.parameters.header['X-UNS-ID'] }),
    postUserNotification: (call) => post(call, { unsid: call.parameters.header['X-UNS-ID'], user: call.parameters.path.user }),
  } satisfies Pick<Handlers, GraphOperation>;
}

/** F3: exactly these members; F10: rawContent is not echoed. */
function notificationJson({ notification, upn }: Published, origin: string, now: number): string {
  const { content, id } = notification;
  const { visualContent } = content;
  return JSON.stringify({
    '@odata.context': `${origin}/beta/$metadata#users('${percentEncoded(upn)}')/notifications/$entity`,
    displayTimeToLive: remainingSeconds(content.displayUntil, now),
    expirationDateTime: instantText(content.expiresAt),
    groupName: content.groupName,
    id,
    priority: content.priority,
    payload: { visualContent },
  });
}

/** F4; the quote that ends the OData literal is encoded too. */
function percentEncoded(upn: string): string {
  return encodeURIComponent(upn).replaceAll("'", '%27');
}
