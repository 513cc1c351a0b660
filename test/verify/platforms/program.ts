// Starts programs of the system; one that is missing fails with the package that has it.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Debian's packages of the programs that these tests run; `.ci/run` installs them. */
const packages: Readonly<Record<string, string>> = {
  '/usr/bin/python3': 'python3-msal and python3-adal',
  java: 'openjdk-17-jdk-headless',
  keytool: 'openjdk-17-jdk-headless',
  certutil: 'libnss3-tools',
  '/usr/bin/chromedriver': 'chromium-driver',
};

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** @throws Error when the program is not installed */
export async function startProgram(name: string, args: readonly string[], { env = {}, cwd }: ProgramOptions = {}) {
  const child = spawn(name, args, { env: { ...process.env, ...env }, ...(cwd === undefined ? {} : { cwd }) });
  try {
    await once(child, 'spawn');
  } catch (cause) {
    throw new Error(`${name} cannot be started: install Debian's package ${packages[name] ?? name}`, { cause });
  }
  return child;
}

/** What the program wrote to its end; others may read its lines meanwhile. @throws Error with what it said, when it failed */
export async function outputOf(name: string, child: ChildProcessWithoutNullStreams): Promise<string> {
  const out: string[] = [];
  const errors: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  const [code] = await once(child, 'close');
  if (code === 0) return out.join('');
  const said = errors.join('');
  const remedy = said.includes('No module named') ? `: install Debian's ${packages[name]}` : '';
  throw new Error(`${name} ended with ${code}${remedy}\n${out.join('')}\n${said}`);
}

export async function runProgram(name: string, args: readonly string[], options: ProgramOptions = {}): Promise<string> {
  return outputOf(name, await startProgram(name, args, options));
}
