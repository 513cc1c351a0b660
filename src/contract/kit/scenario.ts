// How scenarios are written: a requirement, a title, what is played; everything else of a case follows.
import type { Surface } from '../../checks/requirement.ts';
import type { Case, CaseContext, Need } from '../case.ts';
import { createDeviceFixture, type DeviceFixture } from './devices.ts';

interface ScenarioDescription {
  readonly requirement: string;
  /** Unique among the scenarios of its requirement; part of the case's id. */
  readonly name: string;
  readonly title: string;
  /** Beside what the surface needs anyway. */
  readonly needs?: readonly Need[];
}

interface Scenario<Scene> extends ScenarioDescription {
  run(scene: Scene): Promise<void>;
}

/** One with devices, through the port. */
export function deviceScenario({ run: play, ...told }: Scenario<DeviceFixture>): Case {
  return scenario('devices', ['devices'], told, (context) => play(createDeviceFixture(context)));
}

/** One about the device socket itself. */
export function socketScenario({ run: play, ...told }: Scenario<DeviceFixture>): Case {
  return scenario('devices', ['devices', 'socket'], told, (context) => play(createDeviceFixture(context)));
}

/** One over HTTP alone. */
export function clientScenario({ run: play, ...told }: Scenario<CaseContext>): Case {
  return scenario('client', ['client'], told, play);
}

function scenario(surface: Surface, basics: readonly Need[], told: ScenarioDescription, run: Case['run']): Case {
  const { requirement, name, title, needs = [] } = told;
  return { id: `scenario/${requirement}/${name}`, requirement, title, surface, needs: [...basics, ...needs], origin: 'scenario', run };
}
