// The certificate that a server presents, whatever its source.

export interface ServedCertificate {
  /** Private key and certificate chain, in PEM. */
  readonly key: string;
  readonly cert: string;
  /** Path of the authority's certificate that clients must trust; undefined for the user's own certificate. */
  readonly caFile: string | undefined;
  /** True if it was just issued, by an authority that no client can trust yet. */
  readonly isNew: boolean;
  /** When it expires, in milliseconds since 1970. */
  readonly validTo: number;
  /** Returns the certificate to present from now on if it has changed; issues one if necessary. @throws CertificateError */
  readonly renewed: () => Promise<ServedCertificate | undefined>;
}
