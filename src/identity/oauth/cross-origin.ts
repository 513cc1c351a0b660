// Browser rules (F41): tokens of single-page apps are redeemed by cross-origin requests, and only those.
import { SignInRefusal } from '../errors.ts';
import type { TokenCall } from './token-request.ts';

export function crossOriginForbidden(pageOrigin: string): SignInRefusal {
  return new SignInRefusal(
    'CrossOriginForbidden',
    `Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: '${pageOrigin}'.`,
  );
}

/** @throws SignInRefusal CrossOriginRequired, CrossOriginForbidden */
export function requireSameKindOfOrigin(isOfPage: boolean, { pageOrigin }: TokenCall): void {
  if (!isOfPage && pageOrigin !== undefined) throw crossOriginForbidden(pageOrigin);
  if (!isOfPage || pageOrigin !== undefined) return;
  throw new SignInRefusal(
    'CrossOriginRequired',
    "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
  );
}
