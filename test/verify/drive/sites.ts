// Says where a place of a document comes to bear: operations, answers, messages, found by following the references backwards.
import { type DocumentName, documentNames } from '../../documents/walk.ts';
import { isList, isMutable, type Mutable, type Path, valueAt } from './edits.ts';
import { isReference } from './locations.ts';

export type Trees = Readonly<Record<DocumentName, Mutable>>;
export type SitesOf = (document: DocumentName, at: Path) => ReadonlySet<string>;

const methods = ['get', 'put', 'post', 'delete', 'patch'];

export function createSites(trees: Trees): SitesOf {
  const reached = new Map<string, Set<string>>();
  for (const document of documentNames) {
    for (const { site, value } of rootsOf(trees[document])) spread(trees, document, value, site, reached);
  }
  const all = new Set(documentNames.flatMap((document) => rootsOf(trees[document]).map(({ site }) => site)));
  return (document, at) => {
    if (at[0] === 'components' && at[1] === 'messages') return new Set([`message ${at[2]}`]);
    if (at[0] === 'components' && at[1] !== 'securitySchemes') return reached.get(componentKey(document, at)) ?? new Set();
    const own = ownSites(trees[document], at);
    return own.size > 0 ? own : all;
  };
}

const componentKey = (document: DocumentName, at: Path) => `${document}#${at.slice(0, 3).join('/')}`;

/** Every component that can be reached from the value is of this site. */
function spread(trees: Trees, document: DocumentName, value: unknown, site: string, reached: Map<string, Set<string>>): void {
  for (const reference of referencesIn(value)) {
    const [file = '', pointer = ''] = reference.split('#');
    const target = documentNames.find((name) => file.endsWith(name)) ?? document;
    const at = pointer.split('/').slice(1);
    const key = componentKey(target, at);
    const sites = reached.get(key) ?? new Set();
    reached.set(key, sites);
    if (sites.has(site)) continue;
    sites.add(site);
    spread(trees, target, valueAt(trees[target], at), site, reached);
  }
}

function referencesIn(value: unknown): readonly string[] {
  if (isReference(value)) return [value.$ref];
  if (isList(value)) return value.flatMap(referencesIn);
  return isMutable(value) ? Object.values(value).flatMap(referencesIn) : [];
}

interface Root {
  readonly site: string;
  readonly value: unknown;
}

function rootsOf(tree: Mutable): readonly Root[] {
  const entries = (value: unknown) => Object.entries(isMutable(value) ? value : {});
  const operations = entries(tree['paths']).flatMap(([, item]) =>
    methods.flatMap((method) => {
      const operation = valueAt(item, [method]);
      if (!isMutable(operation)) return [];
      const { responses, ...request } = operation;
      const id = `${operation['operationId']}`;
      const shared = valueAt(item, ['parameters']);
      return [{ site: id, value: [request, shared] }, ...entries(responses).map(([status, value]) => ({ site: `${id} ${status}`, value }))];
    }),
  );
  return [
    ...operations,
    ...entries(tree['x-unmatched']).map(([status, value]) => ({ site: `unmatched ${status}`, value })),
    ...entries(valueAt(tree, ['components', 'messages'])).map(([name, value]) => ({ site: `message ${name}`, value })),
    ...entries(tree['channels']).map(([, value]) => ({ site: 'socket', value: valueAt(value, ['bindings']) })),
  ];
}

function ownSites(tree: Mutable, at: Path): ReadonlySet<string> {
  const [first, second, third, fourth, fifth] = at.map(String);
  switch (first) {
    case 'paths': {
      const item = valueAt(tree, ['paths', second ?? '']);
      const ids = methods.filter((method) => third === undefined || !methods.includes(third) || third === method);
      const operations = ids.flatMap((method) => valueAt(item, [method, 'operationId']) ?? []).map(String);
      return new Set(fourth === 'responses' && fifth !== undefined ? operations.map((id) => `${id} ${fifth}`) : operations);
    }
    case 'x-unmatched':
      return new Set([`unmatched ${second}`]);
    case 'channels':
      return new Set(third === 'messages' ? [`message ${fourth}`] : ['socket']);
    case 'operations': {
      const reference = third === 'messages' ? valueAt(tree, at.slice(0, 4)) : undefined;
      return new Set([isReference(reference) ? `message ${reference.$ref.split('/').at(-1)}` : 'socket']);
    }
    case 'x-lifetimes':
      return new Set([`lifetime ${second}`]);
    case 'x-limits':
      return new Set([`limit ${second}`]);
    case 'x-close-codes':
      return new Set([`close ${second}`]);
    default:
      return new Set();
  }
}
