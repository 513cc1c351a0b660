// Caches one token and renews it before it expires, with at most one request at a time.
import type { ClientTimer } from '../../client/timer.ts';

/** An issued token and the refresh token to renew it with. */
export interface IssuedToken {
  readonly accessToken: string;
  readonly lifetimeMs: number;
  readonly refreshToken: string | undefined;
}

export interface RenewingToken {
  /** Returns a token that is valid now; usable as a TokenSource. */
  token(): Promise<string>;
  /** Discards the cached token, because the service no longer accepts it: the next call requests a new one. */
  forget(): void;
}

/** A token is renewed this long before it expires, but not before four fifths of its lifetime. */
const maxMarginMs = 300_000;
const marginShare = 0.2;

export interface RenewalParts {
  /** Requests a token, with the refresh token of the previous response if it had one. */
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
      // If the response has no new refresh token, the old one remains valid.
      const refreshToken = issued.refreshToken ?? before?.refreshToken;
      current = { ...issued, refreshToken, renewAt: now + lifetimeMs - marginMs, expiresAt: now + lifetimeMs };
      return issued.accessToken;
    } catch (error) {
      // While the current token is valid, renewal is tried again at the next call.
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
