// Ids that count up, so that tests can be read and repeated.
import type { Ids } from '../../src/domain/ports.ts';

export function createSequenceIds(): Ids {
  let count = 0;
  const next = () => {
    count += 1;
    return count;
  };
  return {
    guid: () => `00000000-0000-4000-8000-${String(next()).padStart(12, '0')}`,
    unsid: () => `unsid-${String(next()).padStart(26, '0')}`,
    feed: () => `feed${next()}`,
    secret: () => `secret-${String(next()).padStart(36, '0')}`,
    userCode: () => String(next()).padStart(8, '2').replace(/[01]/g, 'B'),
  };
}
