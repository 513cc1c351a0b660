// Whether this machine has IPv6: not every one does, and the emulator does without it there.
import { once } from 'node:events';
import { createServer } from 'node:net';

export async function hasIpv6(): Promise<boolean> {
  const probe = createServer();
  try {
    await once(probe.listen(0, '::1'), 'listening');
  } catch {
    return false;
  }
  await new Promise((resolve) => probe.close(resolve));
  return true;
}
