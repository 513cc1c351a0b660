// Fails when @asyncapi/parser or spectral finds an error or a warning in an AsyncAPI document of openapi/, or has none to read.
import { fileURLToPath } from 'node:url';
import { readFolder } from './asyncapi-tools.ts';

const readings = await readFolder(fileURLToPath(new URL('../openapi', import.meta.url)));
for (const { saw, problems } of readings) {
  console.log(`${saw}, ${problems.length} problems`);
  for (const problem of problems) console.error(problem);
}
process.exitCode = readings.every(({ problems }) => problems.length === 0) ? 0 : 1;
