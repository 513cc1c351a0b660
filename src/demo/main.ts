// `npm run demo`: plays the demo against an emulator of its own; exit 0 only if each device got exactly what it should.
import picocolors from 'picocolors';
import { startEmulator } from '../emulator.ts';
import { runDemo } from './run.ts';

const isColoured = process.stdout.isTTY === true && (process.env['NO_COLOR'] ?? '') === '';

try {
  const isGood = await runDemo({
    start: () => startEmulator({ port: 0, validateResponses: true }),
    write: (line) => void process.stdout.write(`${line}\n`),
    paint: picocolors.createColors(isColoured),
  });
  process.exitCode = isGood ? 0 : 1;
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
