// Finds and settles device sign-ins by user code (F37).
import type { DeviceRecord } from '../../domain/grants.ts';
import type { IdentityContext } from '../context.ts';
import { SignInRefusal } from '../errors.ts';

export interface WaitingDevice {
  readonly deviceCode: string;
  readonly record: DeviceRecord;
}

export interface UserCodes {
  /** @throws SignInRefusal DeviceCodeInvalid, DeviceCodeExpired */
  find(typed: string): Promise<WaitingDevice>;
  /**
   * Stores the user's decision for the device; only once.
   * @throws SignInRefusal DeviceCodeInvalid, DeviceCodeExpired
   */
  settle(
    device: WaitingDevice,
    decision: { readonly state: 'approved'; readonly oid: string } | { readonly state: 'declined' },
  ): Promise<void>;
}

/** The key of a `userCode` record: the format of `ids.userCode`, without the dash for readability. */
export function userCodeKey(typed: string): string {
  return typed.replace(/[\s\p{Dash}]/gu, '').toUpperCase();
}

export function createUserCodes({ grants, clock, lifetimes }: Pick<IdentityContext, 'grants' | 'clock' | 'lifetimes'>): UserCodes {
  // Looked up as of an earlier time, so that an expired code is reported as expired and not as unknown.
  const asOf = () => clock.now() - lifetimes.deviceCode;
  return {
    find: async (typed) => {
      const known = await grants.get('userCode', userCodeKey(typed), asOf());
      const record = known && (await grants.get('device', known.deviceCode, asOf()));
      return { deviceCode: known?.deviceCode ?? '', record: waiting(record, clock.now()) };
    },
    settle: async ({ deviceCode }, decision) => {
      const now = clock.now();
      const { before } = await grants.change('device', deviceCode, asOf(), (current) =>
        current?.state === 'pending' && current.expiresAt > now ? { ...current, ...decision } : current,
      );
      waiting(before, now);
    },
  };
}

function waiting(record: DeviceRecord | undefined, now: number): DeviceRecord {
  if (!record) throw new SignInRefusal('DeviceCodeInvalid', 'The code is not known. Check that it was typed as the device shows it.');
  if (record.expiresAt <= now)
    throw new SignInRefusal('DeviceCodeExpired', 'The code has expired. Start again on the device to get a new one.');
  if (record.state !== 'pending') {
    throw new SignInRefusal('DeviceCodeInvalid', 'The code has been used already. Start again on the device to get a new one.');
  }
  return record;
}
