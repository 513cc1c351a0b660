// The one error of documents that cannot be used: a single clear line that names file and place.

/** Thrown by `loadSpec` for whatever is wrong with a document. `message` is one line: file, place, reason. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  readonly file: string;

  constructor(file: string, location: string, reason: string) {
    const said = [file, location, reason].filter((part) => part !== '').join(': ');
    super(said.replaceAll(/\s+/g, ' ').trim());
    this.file = file;
  }
}
