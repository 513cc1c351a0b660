// `npm run demo`: runs the demo against its own emulator; exits with 0 only if each device received exactly what it should.
import { startEmulator } from '../emulator.ts';
import { colorsFor } from '../runtime/colors.ts';
import { runDemo } from './run.ts';

// If the reader closes the pipe (`| head`), the exit code still shows the result.
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
