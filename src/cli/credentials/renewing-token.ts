// Keeps one token and renews it before it expires; however many ask, one request is under way.
import type { ClientTimer } from '../../client/timer.ts';

/** A token that was given, and what renews it. */
export interface IssuedToken {
  readonly accessToken: string;
  readonly lifetimeMs: number;
  readonly refreshToken: string | undefined;
}

export interface RenewingToken {
  /** One that is good now; a TokenSource. */
  token(): Promise<string>;
  /** The service takes the one that is held no longer: the next call gets a new one. */
  forget(): void;
}

/** Renewed so long before the end, and for short lives after four fifths. */
const maxMarginMs = 300_000;
const marginShare = 0.2;

export interface RenewalParts {
  /** Asks the platform, with the refresh token of the last answer if there was one. */
  readonly requestToken: (refreshToken: string | undefined) => Promise<IssuedToken>;
  readonly timer: ClientTimer;
}

export function createRenewingToken({ requestToken: ask, timer }: RenewalParts): RenewingToken {
  let current: (IssuedToken & { readonly renewAt: number; readonly expiresAt: number }) | undefined;
  let pending: Promise<string> | undefined;

  async function renew(): Promise<string> {
    const before = current;
    try {
      const issued = await ask(before?.refreshToken);
      const { lifetimeMs } = issued;
      const now = timer.now();
      const marginMs = Math.min(maxMarginMs, lifetimeMs * marginShare);
      // The platform may give no new refresh token; then the old one stays good.
      const refreshToken = issued.refreshToken ?? before?.refreshToken;
      current = { ...issued, refreshToken, renewAt: now + lifetimeMs - marginMs, expiresAt: now + lifetimeMs };
      return issued.accessToken;
    } catch (error) {
      // Renewing can wait for the next call as long as the old one is good.
      if (before && current === before && timer.now() < before.expiresAt) return before.accessToken;
      throw error;
    }
  }
  return {
    async token() {
      if (current && timer.now() < current.renewAt) return current.accessToken;
      pending ??= renew().finally(() => {
        pending = undefined;
      });
      return pending;
    },
    forget() {
      if (current) current = { ...current, renewAt: 0, expiresAt: 0 };
    },
  };
}
