// What a scenario needs and does not find ends it as an error, never as a pass.
import { describe, expect, it } from 'vitest';
import { premise } from '../../src/contract/kit/premise.ts';
import { scenarioCases } from '../../src/contract/scenarios/scenarios.ts';
import type { DeviceAdapter } from '../../src/contract/target/adapter.ts';
import { outcomeText, useScenarioRuns } from './scenario-runs.ts';

const runs = useScenarioRuns();

describe('a premise', () => {
  it('is what is there, or an error that names what is not', () => {
    expect(premise(0, 'a number')).toBe(0);
    expect(() => premise(undefined, 'a connected device')).toThrow(
      'The scenario needs a connected device, which does not exist. This is an error of the suite.',
    );
  });
});

describe('a scenario whose devices cannot be subscribed', () => {
  it('is an error of the run, whatever it proves', async () => {
    const broken = async (): Promise<never> => {
      throw new Error('no device today');
    };
    const devices: DeviceAdapter = {
      subscribe: broken,
      unsubscribe: broken,
      connect: broken,
      list: broken,
      changes: broken,
      update: broken,
      remove: broken,
    };
    const only = scenarioCases.filter(({ surface }) => surface === 'devices').map(({ id }) => id);
    const outcomes = await runs.judge({ adapter: () => devices, only });
    const ofDevices = outcomes.filter(({ case: { surface } }) => surface === 'devices');
    expect(ofDevices.filter(({ kind }) => kind === 'error').length).toBeGreaterThan(50);
    expect(ofDevices.filter(({ kind }) => kind === 'pass' || kind === 'fail').map(outcomeText)).toEqual([]);
  });
});
