// Fleet scripts: what a file may say, and that the same seed does the same.
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { planFleet } from '../../src/simulator/fleet.ts';
import { readScript, ScriptError } from '../../src/simulator/script.ts';
import { createScriptRandom } from '../../src/simulator/script-random.ts';
import { aliasBomb } from '../support/alias-bomb.ts';

describe('a script file', () => {
  it('is YAML or JSON, with defaults for what it does not say', () => {
    const expected = {
      seed: '1',
      devices: 4,
      users: 1,
      platforms: ['Windows', 'iOS', 'Android', 'WebPush'],
      notifications: { count: 2, everyMs: 5 },
      acknowledgeDelayMs: [0, 0],
      dismissShare: 0,
      lateAfterMs: 1000,
      settleSeconds: 10,
    };
    expect(readScript('devices: 4\nnotifications: { count: 2, everyMs: 5 }', 'x.yaml')).toEqual(expected);
    expect(readScript('{"devices":4,"notifications":{"count":2,"everyMs":5}}', 'x.json')).toEqual(expected);
  });

  it('is shipped as an example that is valid', async () => {
    const name = new URL('../../fixtures/scripts/storm.yaml', import.meta.url);
    expect(readScript(await readFile(name, 'utf8'), 'storm.yaml')).toMatchObject({ seed: 'storm', devices: 60, users: 12 });
  });

  it.each([
    ['devices: 4', '/notifications: is required'],
    ['devices: 4\nnotifications: { count: 2, everyMs: 5, burst: 3 }', '/notifications/burst: is not known'],
    ['devices: 4\ncolour: red\nnotifications: { count: 2, everyMs: 5 }', '/colour: is not known'],
    ['devices: 0\nnotifications: { count: 2, everyMs: 5 }', '/devices: must be >= 1'],
    [
      'devices: 4\nplatforms: [ios]\nnotifications: { count: 2, everyMs: 5 }',
      '/platforms/0: must be equal to one of the allowed values (Windows, iOS, Android, WebPush)',
    ],
    ['devices: 1\nusers: 2\nnotifications: { count: 2, everyMs: 5 }', '/users: must not exceed /devices (1)'],
    [
      'devices: 1\nacknowledgeDelayMs: [9, 1]\nnotifications: { count: 2, everyMs: 5 }',
      '/acknowledgeDelayMs: the minimum must not exceed the maximum',
    ],
    ['just text', '/: must be object'],
    [aliasBomb('devices'), /^my\.yaml is not valid: its aliases stand for too many values; write them out$/],
    ['devices: *nothing', /^my\.yaml is not valid: Unresolved alias .*nothing$/],
    ['a: [', /is neither YAML nor JSON: line 1, column \d+: /],
    [
      'devices: 0\ncolour: red\n',
      'my.yaml is not valid: line 1: /notifications: is required; line 2: /colour: is not known; line 1: /devices: must be >= 1',
    ],
  ])('is refused with a pointer: %j', (text, fault) => {
    expect(() => readScript(text, 'my.yaml')).toThrow(ScriptError);
    expect(() => readScript(text, 'my.yaml')).toThrow(/^my\.yaml is /);
    expect(() => readScript(text, 'my.yaml')).toThrow(fault);
  });
});

describe('randomness', () => {
  it('is the same for the same seed, and another for another', () => {
    const draw = (seed: string) => Array.from({ length: 5 }, createScriptRandom(seed).next);
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
    expect(draw('a').every((value) => value >= 0 && value < 1)).toBe(true);
  });

  it('has streams that do not move each other', () => {
    const one = createScriptRandom('a');
    one.stream('x').next();
    expect(one.next()).toBe(createScriptRandom('a').next());
    expect(one.stream('x').next()).not.toBe(one.stream('y').next());
  });

  it('is spread evenly enough to be a share', () => {
    const random = createScriptRandom('share');
    const hits = Array.from({ length: 10_000 }, () => random.chance(0.25)).filter(Boolean).length;
    expect(Math.abs(hits - 2500)).toBeLessThan(200);
    expect(random.between(5, 5)).toBe(5);
  });
});

it('deals the devices of a fleet to users and platforms in turn', () => {
  const planned = planFleet({ count: 5, users: 2, platforms: ['iOS', 'Android'], userName: 'adele', deviceName: 'd' });
  expect(planned.map(({ user, platform, deviceId }) => `${user} ${platform} ${deviceId}`)).toEqual([
    'adele-1 iOS d-1',
    'adele-2 iOS d-2',
    'adele-1 Android d-3',
    'adele-2 Android d-4',
    'adele-1 iOS d-5',
  ]);
  expect(planFleet({ count: 1, users: 1, platforms: ['iOS'], userName: 'adele', deviceName: 'd' })[0]?.user).toBe('adele');
});
