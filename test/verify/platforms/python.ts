// Runs a program for MSAL or ADAL for Python, and does meanwhile what it asks a person to do.
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { approveDevice, signInAs } from '../../clients/flows/flow.ts';
import { daemon, type PlatformFixture, phone, server, user } from './platform-fixture.ts';
import { outputOf, startProgram } from './program.ts';

// Debian's packages belong to Debian's interpreter, whatever else is on the path.
const python = '/usr/bin/python3';

export interface PythonResults {
  /** By flow: the token's type, the token itself, or the error's description. */
  readonly results: Readonly<Record<string, string>>;
  /** The status of a published notification. */
  readonly published?: number;
}
interface Question {
  readonly signIn?: string;
  readonly approve?: string;
  readonly code?: string;
}

/** @param more what the program reads beside the fixture's clients */
export async function runPython(fixture: PlatformFixture, file: string, more: object = {}): Promise<PythonResults> {
  const { origin, httpOrigin, caFile, unsid } = fixture;
  const program = fileURLToPath(new URL(file, import.meta.url));
  const child = await startProgram(python, [program], { env: { SSL_CERT_FILE: caFile, REQUESTS_CA_BUNDLE: caFile } });
  const write = (message: object) => child.stdin.write(`${JSON.stringify(message)}\n`);
  // The person of these tests speaks http, with the same emulator.
  const reached = (address: string) => address.replace(origin, httpOrigin);
  const results: PythonResults[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = JSON.parse(line) as PythonResults | Question;
    if ('results' in message) results.push(message);
    else void answerTo(message, reached).then(write, (error: Error) => child.kill() && console.error(error));
  });
  write({
    ...{ origin, unsid, pemFile: fileURLToPath(daemon.pemFile), daemon: daemon.clientId, phone: phone.clientId },
    ...{ server: server.clientId, secret: server.secret, redirectUri: server.redirectUri, user: user.upn, password: user.password },
    ...more,
  });
  await outputOf(python, child);
  const [last] = results;
  if (!last) throw new Error('the program for Python ended without results');
  return last;
}

async function answerTo({ signIn, approve, code = '' }: Question, reached: (address: string) => string): Promise<object> {
  if (approve !== undefined) await approveDevice({ user }, reached(approve), code);
  return signIn === undefined ? {} : (await signInAs({ user }, reached(signIn))).parameters;
}
