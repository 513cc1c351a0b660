// What a server presents to its clients, wherever it comes from.

export interface ServedCertificate {
  /** Private key and certificate chain, in PEM. */
  readonly key: string;
  readonly cert: string;
  /** Path of the authority's certificate that clients are to trust; undefined for the user's own certificate. */
  readonly caFile: string | undefined;
  /** It was made just now, with an authority that nobody can trust yet. */
  readonly isNew: boolean;
  /** When it ends, in milliseconds since 1970. */
  readonly validTo: number;
  /** Looks whether another one is to be presented from now on, and makes it if it is time. @throws CertificateError */
  readonly renewed: () => Promise<ServedCertificate | undefined>;
}
