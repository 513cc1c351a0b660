// The requests of the Graph and client surfaces, as cases send them; the documents say which operation each of them is.
import type { Caller, HttpRequest } from '../../checks/exchange.ts';
import { calls } from '../../client/calls.ts';

/** Who calls, and as which device. */
export interface ApiCaller {
  readonly caller: Caller;
  /** Undefined: without the header. */
  readonly unsid: string | undefined;
}

function asDevice({ caller, unsid }: ApiCaller): Pick<HttpRequest, 'caller' | 'headers'> {
  return { caller, ...(unsid === undefined ? {} : { headers: { 'x-uns-id': unsid } }) };
}

export function postRequest(by: ApiCaller, json: object): HttpRequest {
  return { surface: 'graph', ...calls.postNotification(), ...asDevice(by), json };
}

export function subscribeRequest(caller: Caller, json: object): HttpRequest {
  return { surface: 'client', ...calls.createSubscription(), caller, json };
}

export function subscriptionsRequest(caller: Caller): HttpRequest {
  return { surface: 'client', ...calls.listSubscriptions(), caller };
}

export function subscriptionRequest(caller: Caller, unsid: string): HttpRequest {
  return { surface: 'client', ...calls.getSubscription(unsid), caller };
}

export function unsubscribeRequest(caller: Caller, unsid: string): HttpRequest {
  return { surface: 'client', ...calls.deleteSubscription(unsid), caller };
}

export function listRequest(by: ApiCaller, query: HttpRequest['query'] = {}): HttpRequest {
  return { surface: 'client', ...calls.listNotifications(), ...asDevice(by), query };
}

export function getRequest(by: ApiCaller, id: string): HttpRequest {
  return { surface: 'client', ...calls.getNotification(id), ...asDevice(by) };
}

export function updateRequest(by: ApiCaller, id: string, json: object): HttpRequest {
  return { surface: 'client', ...calls.updateNotification(id), ...asDevice(by), json };
}

export function deleteRequest(by: ApiCaller, id: string): HttpRequest {
  return { surface: 'client', ...calls.deleteNotification(id), ...asDevice(by) };
}
