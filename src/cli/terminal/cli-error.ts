// How a command says that it failed (exit 1, or its own code) or was called in a wrong way (exit 2).

/** The command failed; the message is one line for stderr, unless it was told already. */
export class CliError extends Error {
  override readonly name: string = 'CliError';
  readonly isReported: boolean;
  readonly exitCode: number;

  constructor(message: string, how: { readonly isReported?: boolean; readonly exitCode?: number; readonly cause?: unknown } = {}) {
    super(message, { cause: how.cause });
    this.isReported = how.isReported ?? false;
    this.exitCode = how.exitCode ?? 1;
  }
}

/** The command line makes no sense. */
export class UsageError extends CliError {
  override readonly name = 'UsageError';

  constructor(message: string) {
    super(message, { exitCode: 2 });
  }
}
