// The dependencies of the handlers.
import type { Clock } from '../../domain/ports.ts';
import type { Identity } from '../../identity/identity.ts';
import type { Service } from '../../service/service.ts';
import type { ControlParts } from './control.ts';

export interface HandlerParts {
  readonly service: Service;
  readonly identity: Identity;
  readonly clock: Clock;
  /** Path of the device socket, for `socketUrl`. */
  readonly socketPath: string;
  readonly control: ControlParts;
}
