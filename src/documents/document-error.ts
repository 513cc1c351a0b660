// The error for documents that cannot be used: one line with file, location and reason.

/** Thrown by `loadSpec` when a document is not usable. `message` is one line: file, location, reason. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  readonly file: string;

  constructor(file: string, location: string, reason: string) {
    const text = [file, location, reason].filter((part) => part !== '').join(': ');
    super(text.replaceAll(/\s+/g, ' ').trim());
    this.file = file;
  }
}
