// Errors with which a command fails (exit code 1, or its own) or rejects its options (exit code 2).

/** The command failed; the message is one line for stderr, unless `isReported`: then the command has printed the reason. */
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

/** The command line is invalid. */
export class UsageError extends CliError {
  override readonly name = 'UsageError';

  constructor(message: string) {
    super(message, { exitCode: 2 });
  }
}
