// Loading the documents as a start does it, each time in a fresh process. Run: node --import tsx bench/start.ts
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { loadSpec } from '../src/documents/spec.ts';

const rounds = 15;
const own = fileURLToPath(new URL('../openapi/notifications.yaml', import.meta.url));
const [mode] = process.argv.slice(2);

function medianMs(which: string): number {
  const run = (): number => {
    const args = ['--import', 'tsx', fileURLToPath(import.meta.url), which];
    return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  };
  const times = Array.from({ length: rounds }, run).sort((a, b) => a - b);
  return times[Math.floor(rounds / 2)] ?? Number.NaN;
}

if (mode === undefined) {
  console.log(`shipped documents ${medianMs('shipped').toFixed(0)} ms, own notifications document ${medianMs('own').toFixed(0)} ms`);
} else {
  const startedAt = performance.now();
  await loadSpec({ files: mode === 'own' ? [own] : [] });
  console.log(performance.now() - startedAt);
}
