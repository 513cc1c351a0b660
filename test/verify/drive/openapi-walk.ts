// Walks an OpenAPI document: paths, operations, parameters, bodies, security, components.
import type { DocumentName } from '../../documents/walk.ts';
import { type Edit, inTurn, isMutable, type Mutable, mappingAt, type Path, rename, set, valueAt } from './edits.ts';
import { isReference, type Visit, type Walk, type Walked, walk } from './locations.ts';
import { about, examples, methods, walkContent, walkHeader, walkResponse, walkResponses } from './response-walk.ts';
import { walkSchema } from './schema-walk.ts';

const never = { not: {} };
/** What x-requests may say of letter case. */
const cases = ['sensitive', 'insensitive-paths', 'insensitive'];
/** Neither a lifetime nor an interval of any document. */
const shortLifetime = 'PT7S';
/** Not sent by anybody, and asked for. */
const unsentParameter = { name: 'x-altered', in: 'header', required: true, schema: { type: 'string' } };

export function walkOpenApi(document: DocumentName, tree: Mutable): Walked {
  return walk(document, tree, (walking) => {
    walking.members(
      tree,
      [],
      {
        openapi: (_value, at) => walking.add(at, { says: '2.9.0', edit: set(at, '2.9.0'), mayRefuse: true }),
        security: (value, at) => walkSecurity(walking, value, at),
        'x-unmatched': (value, at) => walkResponses(walking, value, at),
        'x-lifetimes': (value, at) => walking.entries(value, at, (one, place) => walkLifetime(walking, one, place)),
        'x-requests': (value, at) =>
          walking.members(
            value,
            at,
            {
              case: (value, place) => walking.add(place, ...cases.filter((one) => one !== value).map((one) => other(one, place))),
              nulls: (_value, place) => walking.add(place, other('values', place)),
            },
            about,
          ),
        paths: (value, at) => walking.entries(value, at, (item, place) => walkPath(walking, item, place)),
        components: (value, at) => walkComponents(walking, value, at),
      },
      ['info', 'servers', 'tags'],
    );
  });
}

function walkComponents(walk: Walk, value: unknown, at: Path): void {
  const each =
    (visit: (walk: Walk, value: unknown, at: Path) => void): Visit =>
    (section, place) =>
      walk.entries(section, place, (one, entry) => visit(walk, one, entry));
  walk.members(
    value,
    at,
    {
      securitySchemes: each(walkSecurityScheme),
      parameters: each(walkParameter),
      requestBodies: each(walkBody),
      schemas: each(walkSchema),
      responses: each(walkResponse),
      headers: each(walkHeader),
    },
    [],
  );
}

export function walkSecurityScheme(walk: Walk, value: unknown, at: Path): void {
  const refused =
    (otherwise: string): Visit =>
    (_value, place) =>
      walk.add(place, { says: otherwise, edit: set(place, otherwise), mayRefuse: true });
  walk.members(
    value,
    at,
    {
      'x-caller': (caller, place) => walk.add(place, other(caller === 'app' ? 'user' : 'app', place)),
      'x-resources': (list, place) => walk.entries(list, place, (_one, entry) => walk.add(entry, other('altered', entry))),
      type: refused('mutualTLS'),
      scheme: (scheme, place) => walk.add(place, { ...other(scheme === 'basic' ? 'bearer' : 'basic', place), mayRefuse: true }),
      in: refused('user'),
      name: (_value, place) => walk.add(place, { says: 'altered', edit: set(place, 'altered'), mayRefuse: true }),
    },
    ['description', 'bearerFormat'],
  );
}

const other = (says: string, at: Path) => ({ says, edit: set(at, says) });

/** Whom it names is exchanged for the other kind of caller, and each scope for one that no caller has. Where nothing is asked for, a token is. */
export function walkSecurity(walk: Walk, value: unknown, at: Path): void {
  const token = { userToken: ['altered'] };
  if (Array.isArray(value) && value.length === 0) walk.add(at, { says: 'a user token', edit: set(at, [token]) });
  walk.entries(value, at, (requirement, place) => {
    if (isMutable(requirement) && Object.keys(requirement).length === 0) walk.add(place, { says: 'a user token', edit: set(place, token) });
    walk.entries(requirement, place, (scopes, scheme) => {
      const name = String(scheme.at(-1));
      const instead = name === 'userToken' ? 'appToken' : 'userToken';
      walk.add(scheme, { says: instead, edit: rename(scheme, instead) });
      walk.entries(scopes, scheme, (_scope, scope) => walk.add(scope, other('altered', scope)));
    });
  });
}

function walkLifetime(walk: Walk, value: unknown, at: Path): void {
  walk.members(value, at, { value: (_value, place) => walk.add(place, other(shortLifetime, place)) }, about);
}

function walkPath(walk: Walk, value: unknown, at: Path): void {
  const path = String(at.at(-1));
  walk.add(at, { says: `${path}-altered`, edit: rename(at, `${path}-altered`) });
  const operations = Object.fromEntries(
    methods.map((method): [string, Visit] => [method, (one, place) => walkOperation(walk, one, place)]),
  );
  walk.members(
    value,
    at,
    {
      ...operations,
      'x-key-in-parentheses': (_value, place) => walk.add(place, { says: 'false', edit: set(place, false) }),
      'x-trailing-slash': (_value, place) => walk.add(place, { says: 'false', edit: set(place, false) }),
      parameters: (list, place) => walkParameters(walk, list, place),
    },
    [],
  );
}

function walkOperation(walk: Walk, value: unknown, at: Path): void {
  const holder = at.slice(0, -1);
  const item = mappingAt(walk.tree, holder);
  const method = methods.find((one) => item[one] === undefined && one !== 'options' && one !== 'head') ?? 'trace';
  walk.add(at, { says: method, edit: rename(at, method) });
  walk.members(
    value,
    at,
    {
      operationId: (_value, place) => walk.add(place, other('altered', place)),
      'x-max-page-bytes': (_value, place) => walk.add(place, { says: '1', edit: set(place, 1) }),
      security: (list, place) => walkSecurity(walk, list, place),
      parameters: (list, place) => walkParameters(walk, list, place),
      requestBody: (body, place) => walkBody(walk, body, place),
      responses: (responses, place) => walkResponses(walk, responses, place),
    },
    ['summary', 'tags', ...about],
  );
}

/** A parameter that is referred to is replaced by one that no client sends; one of the path, which cannot go, is forbidden. */
function walkParameters(walk: Walk, list: unknown, at: Path): void {
  walk.entries(list, at, (parameter, place) => {
    if (!isReference(parameter)) return walkParameter(walk, parameter, place);
    const target = valueAt(walk.tree, parameter.$ref.split('/').slice(1));
    const isPath = isMutable(target) && target['in'] === 'path';
    walk.add(place, { says: 'another', edit: set(place, isPath ? { ...target, schema: never } : unsentParameter) });
  });
}

function walkParameter(walk: Walk, value: unknown, at: Path): void {
  if (isReference(value)) {
    walk.add([...at, '$ref'], { says: 'another', edit: set(at, unsentParameter) });
    return;
  }
  const node = isMutable(value) ? value : {};
  const isPath = node['in'] === 'path';
  walk.members(
    value,
    at,
    {
      name: (name, place) => {
        const renamed = set(place, `${name}-altered`);
        walk.add(place, { says: `${name}-altered`, edit: isPath ? inTurn(renamed, renameInTemplates(String(name))) : renamed });
      },
      in: (where, place) => {
        const instead = where === 'header' ? 'query' : 'header';
        walk.add(place, { ...other(instead, place), mayRefuse: isPath });
      },
      required: (isRequired, place) => walk.add(place, { says: String(!isRequired), edit: set(place, !isRequired), mayRefuse: isPath }),
      'x-violation': (_value, place) => walk.add(place, other('InvalidParameter', place)),
      schema: (schema, place) => walkSchema(walk, schema, place),
    },
    [...about, ...examples],
  );
}

function renameInTemplates(name: string): Edit {
  return (tree) => {
    for (const path of Object.keys(mappingAt(tree, ['paths']))) {
      if (path.includes(`{${name}}`)) rename(['paths', path], path.replace(`{${name}}`, `{${name}-altered}`))(tree);
    }
  };
}

/** One that is referred to is replaced by one of another media type. */
function walkBody(walk: Walk, value: unknown, at: Path): void {
  if (isReference(value)) {
    const body = { required: true, content: { 'application/vnd.altered+json': {} } };
    walk.add([...at, '$ref'], { says: 'another body', edit: set(at, body) });
    return;
  }
  walk.members(
    value,
    at,
    {
      required: (_value, place) => walk.add(place, { says: 'false', edit: set(place, false) }),
      'x-max-bytes': (_value, place) => walk.add(place, { says: '10', edit: set(place, 10) }),
      content: (content, place) => walkContent(walk, content, place),
    },
    about,
  );
}
