// The walk shared among processes, and its outcome as a table by document.
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { documentNames } from '../../documents/walk.ts';
import type { Outcome } from './drive.ts';
import { isKnownDead } from './known-dead.ts';

const worker = fileURLToPath(new URL('worker.ts', import.meta.url));
const maxBytes = 64 * 1024 * 1024;

/** Drives every location of every document; each process takes its share. */
export async function driveAll(processes = Math.min(4, availableParallelism())): Promise<readonly Outcome[]> {
  const shares = await Promise.all(Array.from({ length: processes }, (_, share) => runShare(share, processes)));
  return shares.flat();
}

function runShare(share: number, of: number): Promise<readonly Outcome[]> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['--import', 'tsx', worker, String(share), String(of)], { maxBuffer: maxBytes }, (error, stdout, stderr) => {
      if (error) return reject(new Error(`a share of the walk failed: ${stderr || error.message}`));
      const lines = stdout.split('\n').filter((line) => line !== '');
      resolve(lines.map((line) => JSON.parse(line) as Outcome));
    });
  });
}

export const unseen = (outcomes: readonly Outcome[]): readonly string[] =>
  outcomes
    .filter((one) => one.seenBy === undefined && !isKnownDead(one))
    .map(({ document, place, says }) => `${document}#${place} → ${says}`);

/** How many places of each document were altered, how often, and how often a verdict changed. */
export function table(outcomes: readonly Outcome[]): string {
  const rows = documentNames.map((document) => {
    const own = outcomes.filter((one) => one.document === document);
    const places = new Set(own.map(({ place }) => place)).size;
    const refused = own.filter(({ seenBy }) => seenBy?.startsWith('refused at the start')).length;
    return [document, places, own.length, own.filter(({ seenBy }) => seenBy !== undefined).length, refused];
  });
  const head = ['document', 'places', 'alterations', 'verdict changed', 'of these refused at the start'];
  return [head, ...rows]
    .map((row) =>
      row.map((cell, index) => String(cell)[index === 0 ? 'padEnd' : 'padStart'](index === 0 ? 24 : (head[index] ?? '').length)).join('  '),
    )
    .join('\n');
}
