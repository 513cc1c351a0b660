// Writes the reports requested with --report FORMAT=FILE.
import { writeFile } from 'node:fs/promises';
import { InvalidArgumentError } from 'commander';
import { htmlOf } from '../../contract/report/html.ts';
import { junitOf } from '../../contract/report/junit.ts';
import { markdownOf } from '../../contract/report/markdown.ts';
import type { RunReport } from '../../contract/report/run-report.ts';
import { CliError } from '../terminal/cli-error.ts';
import { safeJson } from '../terminal/text.ts';
import { fileProblem } from '../text-file.ts';

const formats: Readonly<Record<string, (report: RunReport) => string>> = {
  json: (report) => `${safeJson(report, 2)}\n`,
  junit: junitOf,
  markdown: markdownOf,
  html: htmlOf,
};

export interface RequestedReport {
  readonly format: string;
  readonly file: string;
}

/** Parser of the option for commander: adds one report. */
export function reportOption(text: string, before: readonly RequestedReport[] = []): readonly RequestedReport[] {
  const [, format = '', file = ''] = /^([a-z]+)=(.+)$/.exec(text) ?? [];
  if (!Object.hasOwn(formats, format))
    throw new InvalidArgumentError(`Expected FORMAT=FILE with a format of ${Object.keys(formats).join(', ')}.`);
  return [...before, { format, file }];
}

/** @throws CliError that names the file */
export async function writeReports(requested: readonly RequestedReport[], report: RunReport): Promise<void> {
  for (const { format, file } of requested) await writeText(file, formats[format]?.(report) ?? '');
}

/** @throws CliError that names the file */
export async function writeText(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((error: NodeJS.ErrnoException) => {
    throw new CliError(`${file}: cannot be written: ${fileProblem(error)}`);
  });
}
