// Alters one place of the documents after the other in a copy, starts the emulator with it, and looks for the probe that is judged otherwise.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DocumentError } from '../../../src/documents/document-error.ts';
import { type DocumentName, documentNames, readDocument } from '../../documents/walk.ts';
import { sample } from '../extent.ts';
import { activityProbes } from './activity-probes.ts';
import { assertionProbes } from './assertion-probes.ts';
import { walkAsyncApi } from './asyncapi-walk.ts';
import { closeProbes } from './close-probes.ts';
import { devicePageProbes } from './device-page-probes.ts';
import { type Edit, inTurn, isMutable, type Mutable, pointer, set, valueAt } from './edits.ts';
import { envelopeProbes } from './envelope-probes.ts';
import { grantProbes } from './grant-probes.ts';
import { graphProbes } from './graph-probes.ts';
import { httpProbes } from './http-probes.ts';
import { identityProbes } from './identity-probes.ts';
import type { Alteration, Location, Walked } from './locations.ts';
import { walkOpenApi } from './openapi-walk.ts';
import { operationProbes } from './operation-probes.ts';
import { pageProbes } from './page-probes.ts';
import type { Probe } from './probe.ts';
import { startRig } from './rig.ts';
import { createSites, type SitesOf, type Trees } from './sites.ts';
import { socketProbes } from './socket-probes.ts';
import { tokenProbes } from './token-probes.ts';

export interface Outcome {
  readonly document: DocumentName;
  readonly place: string;
  readonly says: string;
  /** The probe that is judged otherwise; undefined: none is. */
  readonly seenBy: string | undefined;
}

type RunningRig = Awaited<ReturnType<typeof startRig>>;
interface Verdict {
  readonly sites: ReadonlySet<string>;
  readonly text: string;
}

const allProbes = [
  ...httpProbes,
  ...graphProbes,
  ...operationProbes,
  ...activityProbes,
  ...identityProbes,
  ...tokenProbes,
  ...assertionProbes,
  ...grantProbes,
  ...pageProbes,
  ...devicePageProbes,
  ...socketProbes,
  ...envelopeProbes,
  ...closeProbes,
];
/** Light ones first, those that end the emulator last. */
export const probes: readonly Probe[] = [false, true].flatMap((isLast) =>
  [false, true].flatMap((isHeavy) =>
    allProbes.filter((probe) => (probe.isLast ?? false) === isLast && (probe.isHeavy ?? false) === isHeavy),
  ),
);

export const walkDocument = (document: DocumentName): Walked => {
  const tree = treeOf(document);
  return document === 'devices.asyncapi.yaml' ? walkAsyncApi(document, tree) : walkOpenApi(document, tree);
};

/** In verify an even sample: an alteration starts an emulator of its own. */
export const drivenLocations = (): readonly Location[] => documentNames.flatMap((document) => sample(walkDocument(document).locations, 8));

function treeOf(document: DocumentName): Mutable {
  const tree: unknown = JSON.parse(JSON.stringify(readDocument(document)));
  if (!isMutable(tree)) throw new Error(`${document} is no mapping`);
  return tree;
}

/** Every copy has an operation more, without an implementation: no other answers 501. */
const unimplemented: Edit = set(['paths', '/unimplemented'], {
  get: {
    operationId: 'unimplemented',
    security: [{ appToken: [] }],
    responses: {
      '501': { description: 'As yet', content: { 'application/json': { schema: { $ref: '#/components/schemas/GraphError' } } } },
    },
  },
});

/** Copies of openapi/ in a temporary directory. */
export function createCopies() {
  const shipped = fileURLToPath(new URL('../../../openapi', import.meta.url));
  const directory = mkdtempSync(join(tmpdir(), 'unsid-copies-'));
  let count = 0;
  return {
    /** The path of a copy in which this document, and no other, is altered. */
    write(document: DocumentName, edits: readonly Edit[]): string {
      count += 1;
      const place = join(directory, String(count));
      cpSync(shipped, place, { recursive: true });
      const tree = treeOf(document);
      for (const edit of edits) edit(tree);
      writeFileSync(join(place, document), JSON.stringify(tree));
      return join(place, document);
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

export async function runProbe(rig: RunningRig, probe: Probe): Promise<Verdict> {
  const before = rig.steps.length;
  await probe.run(rig);
  const steps = rig.steps.slice(before);
  return {
    sites: new Set([...(probe.sites ?? []), ...steps.flatMap(({ sites }) => sites)]),
    text: steps.map(({ verdict }) => verdict).join('\n'),
  };
}

/** The verdicts of all probes, in this order. */
export async function verdictsOf(files: readonly string[], order: readonly Probe[] = probes): Promise<ReadonlyMap<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  let rig = await startRig(files);
  for (const probe of order) {
    verdicts.set(probe.name, await runProbe(rig, probe));
    if (!probe.isLast) continue;
    await rig.close();
    rig = await startRig(files);
  }
  await rig.close();
  return verdicts;
}

export interface Driver {
  drive(location: Location): Promise<readonly Outcome[]>;
  close(): void;
}

/** @param asked the probes, light ones first, those that end the emulator last */
export async function createDriver(asked: readonly Probe[] = probes): Promise<Driver> {
  const copies = createCopies();
  const extra = (document: DocumentName): readonly Edit[] => (document === 'notifications.yaml' ? [unimplemented] : []);
  const trees = Object.fromEntries(documentNames.map((name) => [name, treeOf(name)])) as Trees & Record<DocumentName, Mutable>;
  unimplemented(trees['notifications.yaml']);
  const sitesOf: SitesOf = createSites(trees);
  const usual = await verdictsOf([copies.write('notifications.yaml', [unimplemented])], asked);

  const relevant = ({ document, at }: Location): readonly Probe[] => {
    const sites = sitesOf(document, at);
    const isAbout = (name: string) => document === 'notifications.yaml' || !usual.get(name)?.sites.has('unimplemented');
    return asked.filter(({ name }) => isAbout(name) && [...(usual.get(name)?.sites ?? [])].some((site) => sites.has(site)));
  };

  async function seenBy(location: Location, alteration: Alteration): Promise<string | undefined> {
    const { document } = location;
    const { edit, prepare, mayRefuse = false } = alteration;
    const before = [...extra(document), ...(prepare ? [prepare] : [])];
    let rig: RunningRig;
    try {
      rig = await startRig([copies.write(document, [...before, edit])]);
    } catch (error) {
      if (mayRefuse && error instanceof DocumentError) return `refused at the start: ${error.message}`;
      throw error;
    }
    let compared: RunningRig | undefined;
    try {
      compared = prepare ? await startRig([copies.write(document, before)]) : undefined;
    } catch (error) {
      await rig.close();
      if (mayRefuse && error instanceof DocumentError) return `refused at the start unless it is altered: ${error.message}`;
      throw error;
    }
    try {
      for (const probe of relevant(location)) {
        const expected = compared ? (await runProbe(compared, probe)).text : usual.get(probe.name)?.text;
        const { text } = await runProbe(rig, probe);
        if (text !== expected) return probe.name;
        if (probe.isLast) return undefined;
      }
      return undefined;
    } finally {
      await Promise.all([rig.close(), compared?.close()]);
    }
  }

  return {
    async drive(location) {
      const outcomes: Outcome[] = [];
      const { document, at } = location;
      for (const alteration of location.alterations) {
        const common = { document, place: pointer(at), says: alteration.says };
        try {
          outcomes.push({ ...common, seenBy: await seenBy(location, alteration) });
        } catch (error) {
          outcomes.push({ ...common, says: `${alteration.says} (${error instanceof Error ? error.message : error})`, seenBy: undefined });
        }
      }
      return outcomes;
    },
    close: () => copies.remove(),
  };
}

/** Everything that the walk passes by as said to readers says something else. */
export function annotationsAltered(document: DocumentName): Edit {
  const { annotations } = walkDocument(document);
  return inTurn(...annotations.map((at) => (tree: Mutable) => set(at, otherwise(String(at.at(-1)), valueAt(tree, at)))(tree)));
}

function otherwise(name: string, value: unknown): unknown {
  if (name === 'info') return { title: 'altered', version: '9.9.9' };
  if (name === 'discriminator') return { propertyName: 'altered' };
  if (Array.isArray(value)) return [];
  return isMutable(value) ? {} : 'altered';
}
