// Walks the AsyncAPI document: channel, handshake, messages both ways, limits and close codes, and the schemas in them.
import type { DocumentName } from '../../documents/walk.ts';
import { type Edit, inTurn, isMutable, type Mutable, mappingAt, type Path, pointer, set, valueAt } from './edits.ts';
import { type Alteration, isReference, type Visit, type Walk, type Walked, walk } from './locations.ts';
import { walkSecurity, walkSecurityScheme } from './openapi-walk.ts';
import { schemaAnnotations, walkSchema } from './schema-walk.ts';

const about = ['title', 'summary', 'description', 'x-source'];
/** Any other number in the place of each: a limit that is met at once, or never. */
const otherLimits: Readonly<Record<string, number>> = {
  maxMessageBytes: 10,
  maxEmbeddedBytes: 10,
  maxUnsentBytes: 1,
  stallSeconds: 4000,
  heartbeatSeconds: 7,
  missedHeartbeats: 20,
  invalidMessagesInARow: 3,
};

export function walkAsyncApi(document: DocumentName, tree: Mutable): Walked {
  return walk(document, tree, (walking) => {
    const each =
      (visit: (walk: Walk, value: unknown, at: Path) => void): Visit =>
      (section, place) =>
        walking.entries(section, place, (one, entry) => visit(walking, one, entry));
    walking.members(
      tree,
      [],
      {
        asyncapi: (_value, at) => walking.add(at, { says: '2.6.0', edit: set(at, '2.6.0'), mayRefuse: true }),
        defaultContentType: (_value, at) => walking.add(at, { says: 'text/plain', edit: set(at, 'text/plain'), mayRefuse: true }),
        channels: each(walkChannel),
        operations: each(walkOperation),
        components: (value, at) =>
          walking.members(
            value,
            at,
            { securitySchemes: each(walkSecurityScheme), messages: each(walkMessage), schemas: each(walkPayload) },
            [],
          ),
        'x-limits': each((_walk, value, at) => walkNumber(walking, value, at, 'value', otherLimits[String(at.at(-1))])),
        'x-close-codes': each((_walk, value, at) => walkNumber(walking, value, at, 'code', 4999)),
      },
      ['info', 'servers'],
    );
  });
}

function walkNumber(walk: Walk, value: unknown, at: Path, member: string, instead: number | undefined): void {
  const isFault = at.at(-1) === 'serverFault';
  const prepare = isFault ? { prepare: breakConnected } : {};
  walk.members(
    value,
    at,
    { [member]: (_value, place) => walk.add(place, { says: String(instead), edit: set(place, instead), ...prepare }) },
    // Reasons are compiled in, for clients too: src/documents/close-codes.gen.ts.
    ['description', 'x-source', 'reasons'],
  );
}

/** The server's first message breaks the document. */
const breakConnected: Edit = set(['components', 'schemas', 'Connected', 'properties', 'deviceId'], { not: {} });

function walkChannel(walk: Walk, value: unknown, at: Path): void {
  const otherwise =
    (says: string): Visit =>
    (_value, place) =>
      walk.add(place, { says, edit: set(place, says) });
  walk.members(
    value,
    at,
    {
      address: otherwise('/client/v1/altered'),
      'x-security': (security, place) => walkSecurity(walk, security, place),
      messages: (messages, place) => walk.entries(messages, place, (_message, entry) => walk.add(entry, anotherMessage(walk.tree, entry))),
      bindings: (bindings, place) =>
        walk.members(
          bindings,
          place,
          {
            ws: (ws, entry) =>
              walk.members(
                ws,
                entry,
                {
                  method: otherwise('POST'),
                  query: (query, it) => walkQuery(walk, query, it),
                  headers: (headers, it) => walkHeaders(walk, headers, it),
                },
                ['bindingVersion'],
              ),
          },
          [],
        ),
    },
    about,
  );
}

/** The same walk, with what is noted at some places put otherwise. */
function noting(walk: Walk, change: (alteration: Alteration, place: Path) => Alteration): Walk {
  return { ...walk, add: (place, ...alterations) => walk.add(place, ...alterations.map((alteration) => change(alteration, place))) };
}

/** A schema whose members are parameters: its own type can only be what AsyncAPI says. */
function walkQuery(walk: Walk, value: unknown, at: Path): void {
  const isOwnType = (place: Path) => place.length === at.length + 1 && place.at(-1) === 'type';
  walkSchema(
    noting(walk, (alteration, place) => (isOwnType(place) ? { ...alteration, mayRefuse: true } : alteration)),
    value,
    at,
  );
}

/** The only header is the subprotocol, which a device must always offer: a copy that says anything else of it is refused. */
function walkHeaders(walk: Walk, value: unknown, at: Path): void {
  const refused =
    (instead: unknown): Visit =>
    (_value, place) =>
      walk.add(place, { says: JSON.stringify(instead), edit: set(place, instead), mayRefuse: true });
  const subprotocol: Visit = (_value, place) => walk.add(place, { says: 'altered.v1.json', edit: set(place, 'altered.v1.json') });
  walk.members(
    value,
    at,
    {
      type: refused('boolean'),
      required: refused([]),
      properties: (properties, place) =>
        walk.entries(properties, place, (header, entry) =>
          walk.members(header, entry, { type: refused('boolean'), const: subprotocol }, schemaAnnotations),
        ),
    },
    [],
  );
}

/** The constant that is a message's type is also the message's name: they are altered together. */
function walkPayload(walk: Walk, value: unknown, at: Path): void {
  const isTypeName = (place: Path) => pointer(place.slice(at.length)) === '/properties/type/const';
  const messages = Object.entries(mappingAt(walk.tree, ['components', 'messages']));
  walkSchema(
    noting(walk, (alteration, place) => {
      const named = messages.filter(([, message]) => valueAt(message, ['name']) === valueAt(walk.tree, place)).map(([name]) => name);
      const renames = named.map((name) => set(['components', 'messages', name, 'name'], alteration.says));
      return isTypeName(place) ? { ...alteration, edit: inTurn(alteration.edit, ...renames) } : alteration;
    }),
    value,
    at,
  );
}

/** The reference points at another message of the document; every platform has to have its envelope. */
function anotherMessage(tree: Mutable, at: Path): Alteration {
  const name = String(at.at(-1));
  const instead = Object.keys(mappingAt(tree, ['components', 'messages'])).find((other) => other !== name);
  return { says: `is ${instead}`, edit: set(at, { $ref: `#/components/messages/${instead}` }), mayRefuse: name.endsWith('Envelope') };
}

function walkOperation(walk: Walk, value: unknown, at: Path): void {
  walk.members(
    value,
    at,
    {
      'x-subprotocol': (_value, place) => walk.add(place, { says: 'altered.v1.json', edit: set(place, 'altered.v1.json') }),
      action: (_value, place) => walk.add(place, { says: 'the other way', edit: turnRound }),
      channel: (_value, place) =>
        walk.add(place, { says: 'no channel', edit: set(place, { $ref: '#/channels/altered' }), mayRefuse: true }),
      security: (list, place) =>
        walk.entries(list, place, (_one, entry) =>
          walk.add(entry, { says: 'another', edit: set(entry, { type: 'httpApiKey', in: 'query', name: 'altered' }) }),
        ),
      messages: (list, place) =>
        walk.entries(list, place, (message, entry) => {
          const known = Object.keys(mappingAt(walk.tree, ['components', 'messages']));
          const name = isReference(message) ? message.$ref.split('/').at(-1) : undefined;
          const instead = known.find((other) => other !== name);
          const channel = Object.keys(mappingAt(walk.tree, ['channels']))[0];
          const edit = set(entry, { $ref: `#/channels/${channel}/messages/${instead}` });
          walk.add(entry, { says: `is ${instead}`, edit, mayRefuse: name?.endsWith('Envelope') ?? false });
        }),
    },
    about,
  );
}

/** Who sends receives, and who receives sends. */
const turnRound: Edit = (tree) => {
  const operations = Object.entries(mappingAt(tree, ['operations']));
  inTurn(
    ...operations.map(([name, one]) =>
      set(['operations', name, 'action'], isMutable(one) && one['action'] === 'send' ? 'receive' : 'send'),
    ),
  )(tree);
};

function walkMessage(walk: Walk, value: unknown, at: Path): void {
  walk.members(
    value,
    at,
    {
      name: (name, place) => walk.add(place, { says: `${name}-altered`, edit: set(place, `${name}-altered`), mayRefuse: true }),
      payload: (payload, place) => walkSchema(walk, payload, place),
      'x-platforms': (platforms, place) =>
        walk.entries(platforms, place, (_one, entry) => walk.add(entry, { says: 'altered', edit: set(entry, 'altered'), mayRefuse: true })),
    },
    ['examples', ...about],
  );
}
