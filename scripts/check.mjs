// Runs all scripts `check:*` of package.json beside each other; prints what each said when it ends, and fails when one fails.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const { scripts } = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));
const checks = Object.entries(scripts).filter(([name]) => name.startsWith('check:'));

/** npm has put the folder of the tools on the path; another npm for each check would take longer than some of them. */
function run([name, command]) {
  const child = spawn(command, { cwd: fileURLToPath(root), shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  // Both together, in the order in which they were written.
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      process.stdout.write(Buffer.concat(said));
      if (code !== 0) console.error(`${name} failed (${code ?? 'ended by a signal'})`);
      resolve(code === 0);
    });
  });
}

const passed = await Promise.all(checks.map(run));
// A run that checks nothing proves nothing.
process.exitCode = passed.length > 0 && passed.every(Boolean) ? 0 : 1;
