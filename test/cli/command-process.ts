// The command `unsid` as a process of its own: its first line, its end, and what it wrote.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, inject } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Command {
  readonly child: ChildProcess;
  readonly firstLine: Promise<string>;
  readonly ended: Promise<Ended>;
}

/** Call it once at the head of a test file: what still runs after a test is ended. */
export function useCommands(env: () => NodeJS.ProcessEnv = () => ({})): (...args: string[]) => Command {
  const running = new Set<ChildProcess>();
  afterEach(() => {
    for (const child of running) child.kill('SIGKILL');
    running.clear();
  });
  return (...args) => {
    const command = start(args, { ...process.env, ...env() });
    running.add(command.child);
    return command;
  };
}

function start(args: readonly string[], env: NodeJS.ProcessEnv): Command {
  const child = spawn(process.execPath, [inject('programs').cli, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const seen = { stdout: '', stderr: '' };
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      seen.stdout += chunk.toString();
      if (seen.stdout.includes('\n')) resolve(seen.stdout.split('\n')[0] ?? '');
    });
    child.once('close', () => reject(new Error(`ended without a line: ${seen.stderr}`)));
  });
  firstLine.catch(() => undefined);
  child.stderr.on('data', (chunk: Buffer) => {
    seen.stderr += chunk.toString();
  });
  const ended = once(child, 'close').then(([code]): Ended => ({ code: code as number | null, ...seen }));
  return { child, firstLine, ended };
}

export const urlIn = (line: string) => /https?:\/\/\S+/.exec(line)?.[0] ?? '';
