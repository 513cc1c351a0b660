// The device code grant (F37): pending until the user has decided, limited polling rate, redeemable once.
import type { DeviceRecord } from '../../../domain/grants.ts';
import { SignInRefusal } from '../../errors.ts';
import { resolveScopes } from '../requested-scopes.ts';
import { type ClientRequest, type Grant, isOfClient, requireParameter } from '../token-request.ts';
import { type GrantParts, userOfGrant } from './grant-parts.ts';

/** Tolerance for timer inaccuracy and network jitter of polling clients. */
const pollingToleranceMs = 1000;

export function createDeviceCodeGrant(parts: GrantParts): Grant {
  const { registrations, grants, clock, lifetimes, consents, responses } = parts;
  return async (clientRequest) => {
    const code = requireParameter(deviceCodeIn(clientRequest), 'device_code');
    const now = clock.now();
    // Looked up as of an earlier time, so that an expired code is reported as expired and not as unknown.
    const asOf = now - lifetimes.deviceCode;
    const polled = await grants.change('device', code, asOf, (record) =>
      record?.state === 'pending' && isOfClient(record, clientRequest.client) ? { ...record, askedAt: now } : record,
    );
    const record = requireKnown(polled.before, clientRequest, now);
    if (record.state === 'pending') throw pendingRefusal(record, now, lifetimes.deviceCodeInterval);
    const user = userOfGrant(parts, clientRequest, approver(record));
    const scopeRequest = { scope: record.scope, ...(record.resource === undefined ? {} : { resource: record.resource }) };
    const requested = resolveScopes(registrations, scopeRequest);
    const scopes = await consents.granted(clientRequest.client, user, requested);
    const taken = await grants.change('device', code, asOf, (current) => current && { ...current, state: 'used' });
    approver(requireKnown(taken.before, clientRequest, now));
    return responses.forUser({ clientRequest, requested, user, scopes, signedInFor: scopeRequest });
  };
}

/** The libraries of v1 send it as `code` (F47). */
function deviceCodeIn({ call, request }: ClientRequest): string | undefined {
  return request.device_code ?? (call.version === '1.0' ? request.code : undefined);
}

function requireKnown(record: DeviceRecord | undefined, { client }: ClientRequest, now: number): DeviceRecord {
  if (!record || !isOfClient(record, client)) {
    throw new SignInRefusal('DeviceCodeInvalid', 'The device code is not valid for this client: check that it was copied whole.');
  }
  if (record.expiresAt <= now) {
    throw new SignInRefusal('DeviceCodeExpired', 'The device code has expired. Start the sign-in again.');
  }
  return record;
}

function pendingRefusal({ askedAt }: DeviceRecord, now: number, intervalMs: number): SignInRefusal {
  const isTooFast = askedAt !== undefined && now < askedAt + intervalMs - pollingToleranceMs;
  return isTooFast
    ? new SignInRefusal('DeviceTooFast', `OAuth 2.0 device flow error: ask only every ${intervalMs / 1000} seconds.`)
    : new SignInRefusal('DevicePending', 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.');
}

/** The object id of the user who approved. */
function approver({ state, oid }: DeviceRecord): string {
  if (state === 'declined') throw new SignInRefusal('DeviceDeclined', 'The end user has denied the authorization request.');
  if (state === 'used') throw new SignInRefusal('CodeUsed', 'The device code was already redeemed. Start the sign-in again.');
  if (oid !== undefined) return oid;
  throw new SignInRefusal('DevicePending', 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.');
}
