// The one error of simulated devices, with a code to tell the reasons apart.
import type { Closing } from '../client/device-socket.ts';
import type { ServiceError } from '../client/graph-error.ts';

/** The reasons of a {@link DeviceError}. */
export type DeviceErrorCode =
  /** The service refused a call; `service` has its error. */
  | 'Refused'
  /** The service sent what no device can work with, such as a list without end or a `socketUrl` that is none. */
  | 'Unusable'
  /** Something that was waited for did not come in time. */
  | 'Timeout'
  /** The device was closed. */
  | 'Closed'
  /** Another connection of the same UNSID took over (4409). */
  | 'Replaced'
  /** The subscription was deleted or expired (4410). */
  | 'Gone'
  /** The token expired (4401). */
  | 'TokenExpired'
  /** The line was lost and `autoReconnect` is off. */
  | 'Disconnected';

/** What went wrong with a simulated device; the message is one clear line. */
export class DeviceError extends Error {
  override readonly name = 'DeviceError';
  readonly code: DeviceErrorCode;
  /** The service's own error, when it refused. */
  readonly service: ServiceError | undefined;
  /** How the socket closed, when that is what ended the device. */
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

/** The error for an answer that refuses. */
export function refusedError(what: string, service: ServiceError, more = ''): DeviceError {
  return new DeviceError('Refused', `${what} was refused: ${service.status} ${service.code}: ${service.message}${more}`, { service });
}
