// What sign-in remembers between two requests, as plain records that a store may write down.
import type { Instant } from './model.ts';

/** What a person has agreed to, in a form that tokens can be made from. */
export interface Delegation {
  readonly clientId: string;
  /** The user's object id. */
  readonly oid: string;
  /** As the client spelled them, separated by spaces. */
  readonly scope: string;
  /** v1: what was asked for in place of scopes. */
  readonly resource?: string;
  readonly nonce?: string;
}

/** An authorization code (F34): bound to client, redirect URI and verifier; kept after it was used, so that a replay is recognised. */
export interface CodeRecord extends Delegation {
  readonly redirectUri: string;
  /** The S256 challenge. */
  readonly challenge?: string;
  readonly isUsed: boolean;
  readonly expiresAt: Instant;
}

/** A refresh token (F35); kept after it was used, so that a second use is recognised (D17). */
export interface RefreshRecord extends Delegation {
  /** Got by a single-page app: redeemed only across origins (F41). */
  readonly isCrossOrigin: boolean;
  readonly isUsed: boolean;
  readonly expiresAt: Instant;
}

/** A sign-in with a device code (F37). */
export interface DeviceRecord {
  readonly clientId: string;
  readonly tenant: string;
  readonly scope: string;
  /** v1: what was asked for in place of scopes. */
  readonly resource?: string;
  readonly userCode: string;
  readonly state: 'pending' | 'approved' | 'declined' | 'used';
  /** Who approved it. */
  readonly oid?: string;
  /** When the client asked last. */
  readonly askedAt?: Instant;
  readonly expiresAt: Instant;
}

/** Finds a device code by what a person types. */
export interface UserCodeRecord {
  readonly deviceCode: string;
  readonly expiresAt: Instant;
}

/** Who is signed in in a browser. */
export interface SessionRecord {
  readonly oid: string;
  readonly expiresAt: Instant;
}

/** An assertion's id that was used (F33). */
export interface AssertionRecord {
  readonly expiresAt: Instant;
}

/** The scopes a user has consented to for a client; by both their ids. */
export interface ConsentRecord {
  readonly scopes: readonly string[];
  readonly expiresAt: Instant;
}

export interface GrantRecords {
  readonly code: CodeRecord;
  readonly refresh: RefreshRecord;
  readonly device: DeviceRecord;
  readonly userCode: UserCodeRecord;
  readonly session: SessionRecord;
  readonly assertion: AssertionRecord;
  readonly consent: ConsentRecord;
}
export type GrantKind = keyof GrantRecords;
