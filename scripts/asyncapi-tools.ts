// Validates an AsyncAPI document with third-party tools: @asyncapi/parser, the base of Studio, CLI and generators, and spectral's rules.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Parser } from '@asyncapi/parser';
import { Document, type ISpectralDiagnostic, Ruleset, Spectral } from '@stoplight/spectral-core';
import parsers from '@stoplight/spectral-parsers';
import { asyncapi } from '@stoplight/spectral-rulesets';
import { parse } from 'yaml';

export interface Reading {
  /** Which file was read by which tool, and how much of it the tool recognised. */
  readonly saw: string;
  /** Errors and warnings; also a problem if the tool recognised nothing, since then its result proves nothing. */
  readonly problems: readonly string[];
}

/** Disabled rules of spectral, each with its reason. */
const exceptions = {
  // The project has no contact address.
  'asyncapi-info-contact': 'off',
} as const;

/** Errors are 0 and warnings 1; information and hints (a newer AsyncAPI exists) are ignored. */
function problemsOf(tool: string, file: string, found: readonly ISpectralDiagnostic[]): string[] {
  const grave = found.filter(({ severity }) => severity <= 1);
  return grave.map(({ code, message, path, range, source }) => {
    const location = `${source ?? file}:${range.start.line + 1}`;
    return `${location} ${tool} ${code}: ${message} (#/${path.join('/')})`;
  });
}

/** References to other files are resolved relative to the file. */
export async function readWithParser(file: string): Promise<Reading> {
  const tool = '@asyncapi/parser';
  const { document, diagnostics } = await new Parser().parse(readFileSync(file, 'utf8'), { source: file });
  const problems = problemsOf(tool, file, diagnostics);
  const messages = document?.messages().length ?? 0;
  if (messages === 0) problems.push(`${file} ${tool} saw no message`);
  return { saw: `${file}: ${tool} saw ${messages} messages`, problems };
}

export async function readWithSpectral(file: string): Promise<Reading> {
  const tool = 'spectral';
  const ruleset = new Ruleset({ extends: [[asyncapi, 'all']], rules: exceptions });
  const spectral = new Spectral();
  spectral.setRuleset(ruleset);
  const document = new Document(readFileSync(file, 'utf8'), parsers.Yaml, file);
  const problems = problemsOf(tool, file, await spectral.run(document));
  const formats = document.formats ?? null;
  const rules = Object.values(ruleset.rules).filter((rule) => rule.enabled && rule.matchesFormat(formats));
  // If spectral does not recognise the format, all rules match but report nothing.
  const applied = formats === null || formats.size === 0 ? 0 : rules.length;
  if (applied === 0) problems.push(`${file} ${tool} knew no rule for it`);
  return { saw: `${file}: ${tool} applied ${applied} rules`, problems };
}

/** Reads all AsyncAPI documents in a folder with both tools. */
export async function readFolder(folder: string): Promise<readonly Reading[]> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const paths = files.map((name) => relative('', join(folder, name)));
  const documents = paths.filter((path) => Object.hasOwn(Object(parse(readFileSync(path, 'utf8'))), 'asyncapi'));
  if (documents.length === 0) return [{ saw: `${folder}: nothing`, problems: [`${folder} has no AsyncAPI document`] }];
  const readings: Reading[] = [];
  for (const path of documents) readings.push(await readWithParser(path), await readWithSpectral(path));
  return readings;
}
