// Proves that a body is cut down to the members that a fault needs.
import { describe, expect, it } from 'vitest';
import { shrink } from '../../src/contract/generators/shrink.ts';

const names = Array.from({ length: 20 }, (_, index) => `member${index}`);
const twenty = Object.fromEntries(names.map((name) => [name, name]));
const has = (body: unknown, ...wanted: string[]) => wanted.every((name) => Object.hasOwn(body as object, name));

async function cut(body: unknown, isValid: (body: unknown) => boolean, isFaulty: (body: unknown) => boolean, maxTries?: number) {
  let tries = 0;
  const fails = async (candidate: unknown) => {
    tries += 1;
    return isFaulty(candidate);
  };
  return { ...(await shrink({ body, isValid, fails, ...(maxTries === undefined ? {} : { maxTries }) })), tries: () => tries };
}

describe('a body that is refused', () => {
  it('of twenty members is cut down to the one at fault', async () => {
    const found = await cut(
      twenty,
      () => true,
      (body) => has(body, 'member13'),
    );
    expect(found.body).toEqual({ member13: 'member13' });
    expect(found.culprits).toEqual(['/member13']);
  });

  it('keeps two members that are at fault only together', async () => {
    const found = await cut(
      twenty,
      () => true,
      (body) => has(body, 'member3', 'member17'),
    );
    expect(found.culprits).toEqual(['/member3', '/member17']);
  });

  it('keeps what is required, and does not call it a culprit', async () => {
    const found = await cut(
      twenty,
      (body) => has(body, 'member0', 'member1'),
      (body) => has(body, 'member5'),
    );
    expect(Object.keys(found.body as object)).toEqual(['member0', 'member1', 'member5']);
    expect(found.culprits).toEqual(['/member5']);
  });

  it('is cut down within its members too', async () => {
    const nested = { a: { b: { c: 1, d: 2 }, e: [{ f: 1, g: 2 }] }, h: 3 };
    const found = await cut(
      nested,
      () => true,
      (body) => JSON.stringify(body).includes('"f"'),
    );
    expect(found.body).toEqual({ a: { e: [{ f: 1 }] } });
  });

  it('is asked about only so often', async () => {
    const found = await cut(
      twenty,
      () => true,
      (body) => has(body, ...names.filter((_, index) => index % 2 === 0)),
      15,
    );
    expect(found.tries()).toBeLessThanOrEqual(15);
    expect(has(found.body, 'member0', 'member18')).toBe(true);
  });
});
