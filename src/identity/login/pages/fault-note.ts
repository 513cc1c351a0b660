// The error message within a page, and the attributes of the invalid field.
import type { SignInRefusal } from '../../errors.ts';
import { describeSignInError } from '../../sign-in-errors.ts';
import { type Html, html } from './html.ts';

/** The id of the error message, which the invalid field references. */
export const faultId = 'fault';

export function faultNote(fault: SignInRefusal | undefined): Html {
  return fault ? html`<p class="fault" role="alert" id="${faultId}">${describeSignInError(fault)}</p>` : html``;
}

/** Attributes of an invalid field. */
export function faultOf(isAtFault: boolean): Html {
  return isAtFault ? html` aria-invalid="true" aria-describedby="${faultId}"` : html``;
}
