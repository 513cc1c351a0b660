// A place in a document that must drive the emulator, and how it is altered; and the walk that forgets no keyword.
import type { DocumentName } from '../../documents/walk.ts';
import { type Edit, isMutable, type Mutable, type Path, pointer } from './edits.ts';

export interface Alteration {
  /** What the copy says instead. */
  readonly says: string;
  readonly edit: Edit;
  /** What the copy and the one it is compared with say both, so that the place comes to bear. */
  readonly prepare?: Edit;
  /** The copy contradicts its own standard, or what the emulator can be: it may be refused at the start. */
  readonly mayRefuse?: boolean;
}

export interface Location {
  readonly document: DocumentName;
  /** Where it stands; the last step is its keyword, name or index. */
  readonly at: Path;
  readonly alterations: readonly Alteration[];
}

export type Visit = (value: unknown, at: Path) => void;

export interface Walk {
  readonly tree: Mutable;
  /** Notes a location. */
  add(at: Path, ...alterations: readonly Alteration[]): void;
  /** Visits every member of a node by its rule; whatever has no rule and is no annotation is noted as forgotten. */
  members(value: unknown, at: Path, rules: Readonly<Record<string, Visit>>, annotations: readonly string[]): void;
  /** Visits all members, whatever their names. */
  entries(value: unknown, at: Path, visit: Visit): void;
}

export interface Walked {
  readonly locations: readonly Location[];
  /** Keywords that are neither altered nor known as annotations. */
  readonly forgotten: readonly string[];
  /** Paths of the annotations that were passed by. */
  readonly annotations: readonly Path[];
}

export function walk(document: DocumentName, tree: Mutable, visit: (walk: Walk) => void): Walked {
  const locations: Location[] = [];
  const forgotten: string[] = [];
  const passedBy: Path[] = [];
  const walking: Walk = {
    tree,
    add: (at, ...alterations) => locations.push({ document, at, alterations }),
    members: (value, at, rules, annotations) => {
      if (!isMutable(value)) return void forgotten.push(`${document}#${pointer(at)} (no mapping)`);
      for (const [name, member] of Object.entries(value)) {
        const place = [...at, name];
        if (Object.hasOwn(rules, name)) rules[name]?.(member, place);
        else if (annotations.includes(name)) passedBy.push(place);
        else forgotten.push(`${document}#${pointer(place)}`);
      }
    },
    entries: (value, at, each) => {
      const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(isMutable(value) ? value : {});
      for (const [name, member] of entries) each(member, [...at, name]);
    },
  };
  visit(walking);
  return { locations, forgotten, annotations: passedBy };
}

export const isReference = (value: unknown): value is { readonly $ref: string } => isMutable(value) && typeof value['$ref'] === 'string';
