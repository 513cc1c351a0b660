// Names for the generated wire types that clients use.
import type { components as DeviceComponents } from '../documents/devices.gen.ts';
import type { components, operations } from '../documents/notifications.gen.ts';

type Schemas = components['schemas'];
export type PlatformType = Schemas['PlatformType'];
/** F14: the four platforms, in the order of messages and of a fleet. */
export const allPlatformTypes = ['Windows', 'iOS', 'Android', 'WebPush'] as const satisfies readonly PlatformType[];
export type VisualContent = Schemas['VisualContent'];
export type NotificationRequest = Schemas['NotificationRequest'];
export type NotificationResponse = Schemas['NotificationResponse'];
export type NotificationUpdate = Schemas['NotificationUpdate'];
export type NotificationPage = Schemas['NotificationPage'];
export type SubscriptionRequest = Schemas['SubscriptionRequest'];
export type Subscription = Schemas['Subscription'];
/** A notification as a client sees it (F25): active, or the tombstone of a deleted one (F28). */
export type ClientNotification = Schemas['ClientNotification'];
export type ActiveNotification = Schemas['ActiveNotification'];

type DeviceSchemas = DeviceComponents['schemas'];
export type ConnectedMessage = DeviceSchemas['Connected'];
export type NotificationMessage = DeviceSchemas['NotificationMessage'];
export type SignalMessage = DeviceSchemas['Signal'];
export type ToastMessage = DeviceSchemas['Toast'];
export type ErrorMessage = DeviceSchemas['ErrorMessage'];
export type AckMessage = DeviceSchemas['Ack'];
/** Everything a server sends on the device socket. */
export type ServerMessage = ConnectedMessage | NotificationMessage | SignalMessage | ToastMessage | ErrorMessage;

export type OperationId = keyof operations;
type ResponsesOf<Id extends OperationId> = operations[Id]['responses'];
type BodyOf<Response> = Response extends { content: infer Content } ? Content[keyof Content] : undefined;

/**
 * The response without validation: one member of the union for each status that the document declares. A server that violates the
 * document may send another status, or a body that is not JSON (then it is a string), and both are passed on.
 */
export type AnswerTo<Id extends OperationId> = {
  [Status in keyof ResponsesOf<Id>]: {
    readonly status: Status;
    /** Names in lower case. */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: BodyOf<ResponsesOf<Id>[Status]>;
  };
}[keyof ResponsesOf<Id>];

/** `$top` and the filters of a history (F28). */
export type HistoryQuery = NonNullable<operations['listNotifications']['parameters']['query']>;
