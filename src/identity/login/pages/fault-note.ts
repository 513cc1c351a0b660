// Tells on a page why what the person did was no good.
import type { SignInRefusal } from '../../errors.ts';
import { describeSignInError } from '../../sign-in-errors.ts';
import { type Html, html } from './html.ts';

/** The id that the field at fault refers to. */
export const faultId = 'fault';

export function faultNote(fault: SignInRefusal | undefined): Html {
  return fault ? html`<p class="fault" role="alert" id="${faultId}">${describeSignInError(fault)}</p>` : html``;
}

/** Attributes of the field at fault. */
export function faultOf(isAtFault: boolean): Html {
  return isAtFault ? html` aria-invalid="true" aria-describedby="${faultId}"` : html``;
}
