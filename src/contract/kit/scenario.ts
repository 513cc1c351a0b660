// How scenarios are written: a requirement, a name, a title, and the steps; the rest of a case follows from these.
import type { Surface } from '../../checks/requirement.ts';
import type { Case, CaseContext, Need } from '../case.ts';
import { createDeviceFixture, type DeviceFixture } from './devices.ts';

interface ScenarioDescription {
  readonly requirement: string;
  /** Unique among the scenarios of its requirement; part of the case's id. */
  readonly name: string;
  readonly title: string;
  /** Needs in addition to those of the surface. */
  readonly needs?: readonly Need[];
}

interface Scenario<Fixture> extends ScenarioDescription {
  run(fixture: Fixture): Promise<void>;
}

/** A scenario with devices, reached through the adapter. */
export function deviceScenario({ run, ...description }: Scenario<DeviceFixture>): Case {
  return scenario('devices', ['devices'], description, (context) => run(createDeviceFixture(context)));
}

/** A scenario about the device socket itself. */
export function socketScenario({ run, ...description }: Scenario<DeviceFixture>): Case {
  return scenario('devices', ['devices', 'socket'], description, (context) => run(createDeviceFixture(context)));
}

/** A scenario over HTTP alone. */
export function clientScenario({ run, ...description }: Scenario<CaseContext>): Case {
  return scenario('client', ['client'], description, run);
}

function scenario(surface: Surface, surfaceNeeds: readonly Need[], description: ScenarioDescription, run: Case['run']): Case {
  const { requirement, name, title, needs = [] } = description;
  return {
    id: `scenario/${requirement}/${name}`,
    requirement,
    title,
    surface,
    needs: [...surfaceNeeds, ...needs],
    origin: 'scenario',
    run,
  };
}
