// The error of this folder: why there is no certificate to serve.

/** The message is one line that names the file or folder. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of that path is no folder',
  EACCES: 'that is not allowed',
  EPERM: 'that is not allowed',
  EROFS: 'it can only be read',
  ENOSPC: 'there is no space left',
};

/** Describes an error of the file system. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return reasons[code] ?? error.message;
}
