// The error of simulated devices, with a code for each reason.
import type { Closing } from '../client/device-socket.ts';
import type { ServiceError } from '../client/graph-error.ts';

/** The reasons of a {@link DeviceError}. */
export type DeviceErrorCode =
  /** The service refused a call; `service` has its error. */
  | 'Refused'
  /** The service sent something unusable, such as a list without end or an invalid `socketUrl`. */
  | 'Unusable'
  /** An expected message or connection did not arrive in time. */
  | 'Timeout'
  /** The device was closed. */
  | 'Closed'
  /** Another connection of the same UNSID took over (4409). */
  | 'Replaced'
  /** The subscription was deleted or expired (4410). */
  | 'Gone'
  /** The token expired (4401). */
  | 'TokenExpired'
  /** The connection was lost and `autoReconnect` is off. */
  | 'Disconnected';

/** A simulated device failed; the message is one line. */
export class DeviceError extends Error {
  override readonly name = 'DeviceError';
  readonly code: DeviceErrorCode;
  /** The error of the service, if it refused. */
  readonly service: ServiceError | undefined;
  /** How the socket closed, if that stopped the device. */
  readonly closing: Closing | undefined;

  constructor(
    code: DeviceErrorCode,
    message: string,
    how: { readonly service?: ServiceError | undefined; readonly closing?: Closing } = {},
  ) {
    super(message);
    this.code = code;
    this.service = how.service;
    this.closing = how.closing;
  }
}

/** The error for a response that refuses a call. */
export function refusedError(what: string, service: ServiceError, more = ''): DeviceError {
  return new DeviceError('Refused', `${what} was refused: ${service.status} ${service.code}: ${service.message}${more}`, { service });
}
