// A device waits for a person who signs in elsewhere (F37): pending, not too often, then once.
import type { DeviceRecord } from '../../../domain/grants.ts';
import { SignInRefusal } from '../../errors.ts';
import { askedFor } from '../asked-scopes.ts';
import { type Asking, type Grant, isOfClient, needed } from '../token-request.ts';
import { type GrantParts, userOfGrant } from './grant-parts.ts';

/** Timers run a little early or late, and one question may travel faster than the one before. */
const slackMs = 1000;

export function createDeviceCodeGrant(parts: GrantParts): Grant {
  const { registrations, grants, clock, lifetimes, consents, answers } = parts;
  return async (asking) => {
    const code = needed(asking.request.device_code, 'device_code');
    const now = clock.now();
    // Looked up as of a while ago: what has expired since is told as expired, not as unknown.
    const asOf = now - lifetimes.deviceCode;
    const heard = await grants.change('device', code, asOf, (record) =>
      record?.state === 'pending' && isOfClient(record, asking.client) ? { ...record, askedAt: now } : record,
    );
    const record = known(heard.before, asking, now);
    if (record.state === 'pending') throw wait(record, now, lifetimes.deviceCodeInterval);
    const user = userOfGrant(parts, asking, approver(record));
    const wanted = { scope: record.scope };
    const asked = askedFor(registrations, wanted);
    const scopes = await consents.granted(asking.client, user, asked);
    const taken = await grants.change('device', code, asOf, (current) => current && { ...current, state: 'used' });
    approver(known(taken.before, asking, now));
    return answers.forUser({ asking, asked, user, scopes, signedInFor: wanted });
  };
}

function known(record: DeviceRecord | undefined, { client }: Asking, now: number): DeviceRecord {
  if (!record || !isOfClient(record, client)) {
    throw new SignInRefusal('DeviceCodeInvalid', 'The device code is not valid for this client: check that it was copied whole.');
  }
  if (record.expiresAt <= now) {
    throw new SignInRefusal('DeviceCodeExpired', 'The device code has expired. Start the sign-in again.');
  }
  return record;
}

function wait({ askedAt }: DeviceRecord, now: number, intervalMs: number): SignInRefusal {
  const isTooFast = askedAt !== undefined && now < askedAt + intervalMs - slackMs;
  return isTooFast
    ? new SignInRefusal('DeviceTooFast', `OAuth 2.0 device flow error: ask only every ${intervalMs / 1000} seconds.`)
    : new SignInRefusal('DevicePending', 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.');
}

/** Who has signed in with it. */
function approver({ state, oid }: DeviceRecord): string {
  if (state === 'declined') throw new SignInRefusal('DeviceDeclined', 'The end user has denied the authorization request.');
  if (state === 'used') throw new SignInRefusal('CodeUsed', 'The device code was already redeemed. Start the sign-in again.');
  if (oid !== undefined) return oid;
  throw new SignInRefusal('DevicePending', 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.');
}
