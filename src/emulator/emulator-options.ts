// What an emulator is started with.
import type { Seed } from '../identity/registry/seed.ts';
import type { TrustedIssuer } from '../identity/tokens/trusted-issuer.ts';
import type { LogFormat, LogLevel } from '../runtime/log.ts';
import type { HttpsOptions } from './https-options.ts';

/** What an emulator is started with; everything may be left out. */
export interface EmulatorOptions {
  /** TCP port; 0 (the default) takes a free one. */
  readonly port?: number;
  /** Address to listen on. Default: only this machine, at `127.0.0.1` and `::1`, both on the same port. `0.0.0.0` or `::`: at every address, for other machines too. */
  readonly host?: string;
  /** Whether http is served. Default true; false serves https alone. */
  readonly http?: boolean;
  /** Whether and how https is served, beside http. Default false; true makes a certificate, or takes the one made before. */
  readonly https?: boolean | HttpsOptions;
  /** OpenAPI or AsyncAPI documents (paths) that replace the shipped ones of their kind. */
  readonly spec?: readonly string[];
  /** Seed file (path to YAML or JSON) or its content: users, applications, clients, block list (F18, F30). */
  readonly seed?: string | Seed;
  /** `strict` accepts nothing but signed tokens; `relaxed` (default) development tokens too. */
  readonly auth?: 'relaxed' | 'strict';
  /** Another issuer whose tokens are accepted too; they are judged by real time. */
  readonly trustedIssuer?: TrustedIssuer;
  /** `embed` (default) pushes notifications; `signal` only announces that something changed (F24). */
  readonly push?: 'embed' | 'signal';
  /** Seconds between two pings (R7). Default: the document's, 30. */
  readonly heartbeatSeconds?: number;
  /** Seconds for which an idle connection is kept, as the header Keep-Alive says. Default 120. */
  readonly keepAliveSeconds?: number;
  /** Origin of the URLs in answers, e.g. `https://notify.example`. Default: the one each request came to. */
  readonly publicOrigin?: string;
  /** Validates every answer and socket message against the documents; what they forbid is replaced by an error. Default false. */
  readonly validateResponses?: boolean;
  /** What is logged on stderr. Default `silent`. */
  readonly logLevel?: LogLevel;
  /** How: `text` (default) for people, or `json`, one object a line; both in docs/log.md. */
  readonly logFormat?: LogFormat;
}
