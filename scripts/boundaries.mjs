// Checks the arrows between the layers of src/, and that the check itself saw every module; `node scripts/boundaries.mjs [ROOT]`.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import rules from '../.dependency-cruiser.cjs';

const project = fileURLToPath(new URL('..', import.meta.url));
const root = process.argv[2] ?? project;

/** TypeScript files below src/, as paths from the root. */
function sources() {
  const entries = readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' });
  return entries.filter((path) => path.endsWith('.ts')).map((path) => `src/${path.replaceAll('\\', '/')}`);
}

async function modules() {
  const { forbidden, options } = rules;
  const tsConfig = extractTsConfig(`${project}/tsconfig.json`);
  const { enhancedResolveOptions, ...cruiseOptions } = options;
  const result = await cruise(
    ['src'],
    { ...cruiseOptions, baseDir: root, validate: true, ruleSet: { forbidden } },
    enhancedResolveOptions,
    { tsConfig },
  );
  return result.output;
}

function report(files, { modules: seen, summary }) {
  const own = seen.filter(({ source }) => files.includes(source));
  const arrows = own.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
  const unseen = files.filter((file) => !own.some(({ source }) => source === file));
  console.log(`boundaries: saw ${own.length} of ${files.length} modules and ${arrows} imports`);
  const failures = summary.violations.map(({ rule, from, to, cycle }) => {
    const path = cycle ? cycle.map(({ name }) => name).join(' → ') : to;
    const { comment } = rules.forbidden.find(({ name }) => name === rule.name) ?? {};
    return `${rule.name}: ${from} → ${path} (${comment})`;
  });
  if (unseen.length > 0) failures.push(`not seen: ${unseen.join(', ')}`);
  // A run that parsed nothing finds no violation either, so it counts as a failure.
  if (files.length === 0 || arrows === 0) failures.push('suspiciously few: no module or no import was seen');
  for (const failure of failures) console.error(failure);
  return failures.length;
}

process.exitCode = report(sources(), await modules()) === 0 ? 0 : 1;
