// `npm run demo` as a process: what its exit code and its streams say.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, inject, it } from 'vitest';

it('judges in silence when its reader has gone', async () => {
  const child = spawn(process.execPath, [inject('programs').demo], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  expect({ ended: await once(child, 'close'), complaints }).toEqual({ ended: [0, null], complaints: '' });
});
