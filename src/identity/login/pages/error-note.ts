// The error message within a page, and the attributes of the invalid field.
import type { SignInRefusal } from '../../errors.ts';
import { describeSignInError } from '../../sign-in-errors.ts';
import { type Html, html } from './html.ts';

/** The id of the error message, which the invalid field references. */
export const errorId = 'fault';

export function errorNote(error: SignInRefusal | undefined): Html {
  return error ? html`<p class="fault" role="alert" id="${errorId}">${describeSignInError(error)}</p>` : html``;
}

/** Attributes of an invalid field. */
export function invalidAttributes(isInvalid: boolean): Html {
  return isInvalid ? html` aria-invalid="true" aria-describedby="${errorId}"` : html``;
}
