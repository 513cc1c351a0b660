// Keeps one token and renews it before it expires; however many ask, one request is under way.
import type { ClientTimer } from '../../client/timer.ts';

/** A token that was given, and what renews it. */
export interface HeldToken {
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
const MARGIN_MS = 300_000;
const MARGIN_SHARE = 0.2;

export interface RenewalParts {
  /** Asks the platform, with the refresh token of the last answer if there was one. */
  readonly ask: (refreshToken: string | undefined) => Promise<HeldToken>;
  readonly timer: ClientTimer;
}

export function createRenewingToken({ ask, timer }: RenewalParts): RenewingToken {
  let held: (HeldToken & { readonly renewAt: number; readonly expiresAt: number }) | undefined;
  let asking: Promise<string> | undefined;

  async function renew(): Promise<string> {
    const before = held;
    try {
      const given = await ask(before?.refreshToken);
      const { lifetimeMs } = given;
      const now = timer.now();
      const marginMs = Math.min(MARGIN_MS, lifetimeMs * MARGIN_SHARE);
      // The platform may give no new refresh token; then the old one stays good.
      const refreshToken = given.refreshToken ?? before?.refreshToken;
      held = { ...given, refreshToken, renewAt: now + lifetimeMs - marginMs, expiresAt: now + lifetimeMs };
      return given.accessToken;
    } catch (error) {
      // Renewing can wait for the next call as long as the old one is good.
      if (before && held === before && timer.now() < before.expiresAt) return before.accessToken;
      throw error;
    }
  }
  return {
    async token() {
      if (held && timer.now() < held.renewAt) return held.accessToken;
      asking ??= renew().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    forget() {
      if (held) held = { ...held, renewAt: 0, expiresAt: 0 };
    },
  };
}
