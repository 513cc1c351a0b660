// `npm run demo`: plays the demo against an emulator of its own; exit 0 only if each device got exactly what it should.
import { startEmulator } from '../emulator.ts';
import { colorsFor } from '../runtime/colors.ts';
import { runDemo } from './run.ts';

// Whoever stops reading (`| head`) still gets the verdict: the exit code.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  const isCorrect = await runDemo({
    start: () => startEmulator({ port: 0, validateResponses: true }),
    write: (line) => void process.stdout.write(`${line}\n`),
    paint: colorsFor(process.stdout, process.env),
  });
  process.exitCode = isCorrect ? 0 : 1;
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
