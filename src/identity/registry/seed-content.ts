// Types of a seed, described in openapi/seed.schema.json.
import type { PlatformType } from '../../domain/model.ts';

export interface SeedUser {
  readonly alias: string;
  readonly userPrincipalName?: string;
  readonly displayName?: string;
  readonly tenant?: string;
  readonly id?: string;
  readonly password?: string;
}

export interface SeedClient {
  readonly clientId: string;
  readonly displayName?: string;
  readonly tenant?: string;
  readonly signInAudience?: 'AzureADMyOrg' | 'AzureADMultipleOrgs';
  readonly secrets?: readonly string[];
  /** `file` is relative to the seed file, and read by `loadSeed`. */
  readonly certificates?: readonly { readonly file?: string; readonly pem?: string }[];
  readonly redirectUris?: { readonly web?: readonly string[]; readonly spa?: readonly string[]; readonly publicClient?: readonly string[] };
  readonly implicitGrant?: boolean;
  readonly identifierUris?: readonly string[];
}

/** Client ids by platform (F30), and of the app server. */
export type ClientIdsByRole = Readonly<Partial<Record<PlatformType | 'server', readonly string[]>>>;

export interface Seed {
  readonly tenants?: readonly { readonly domain: string; readonly id?: string; readonly displayName?: string }[];
  readonly users?: readonly SeedUser[];
  readonly applications?: readonly { readonly hostName: string; readonly clientIds: readonly string[] | ClientIdsByRole }[];
  readonly clients?: readonly SeedClient[];
  readonly consents?: readonly { readonly clientId: string; readonly user?: string; readonly scopes: readonly string[] }[];
  readonly blockList?: readonly string[];
  readonly throttling?: { readonly callsPerMinute?: number; readonly status?: 429 | 406; readonly tokenRequestsPerMinute?: number };
}
