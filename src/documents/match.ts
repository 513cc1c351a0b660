// Finds the operation of a method and a path: literal segments win over templates.
import type { Operation } from './operation.ts';

export type Match =
  | { readonly operation: Operation; readonly pathParameters: Readonly<Record<string, string>> }
  /** The path has operations, but none with this method. */
  | { readonly allow: readonly string[]; readonly operations: readonly Operation[] };

export type MatchOperation = (method: string, path: string) => Match | undefined;

interface Route {
  readonly methods: ReadonlyMap<string, Operation>;
  readonly allow: readonly string[];
  readonly trailingSlash: boolean;
  /** Its literal segments are compared without case. */
  readonly ignoresCase: boolean;
  readonly segments: readonly Segment[];
}

type Segment = { readonly literal: string; readonly ignoresCase?: true } | { readonly pattern: RegExp; readonly names: readonly string[] };

export function createMatch(operations: readonly Operation[]): MatchOperation {
  const byPath = new Map<string, Operation[]>();
  for (const operation of operations) byPath.set(operation.path, [...(byPath.get(operation.path) ?? []), operation]);
  const routes = [...byPath].flatMap(([path, ones]) => routesOf(path, ones)).sort(byLiteralSegments);
  const literal = new Map(
    routes.filter(({ segments }) => segments.every((one) => 'literal' in one)).map((route) => [pathOf(route), route]),
  );

  // Tried last, so that the documented spelling costs nothing more.
  const caseless = routes
    .filter(({ ignoresCase }) => ignoresCase)
    .map((route) => ({ ...route, segments: route.segments.map(withoutCase) }));

  return (method, path) => {
    const known = literal.get(path);
    if (known) return matchMethod(known, method, {});
    const segments = decoded(path);
    if (!segments) return undefined;
    return firstMatch(routes, method, segments) ?? firstMatch(caseless, method, segments);
  };
}

function firstMatch(routes: readonly Route[], method: string, segments: readonly string[]): Match | undefined {
  for (const route of routes) {
    const pathParameters = parametersIn(route, segments);
    if (pathParameters) return matchMethod(route, method, pathParameters);
  }
  return undefined;
}

/** A key as a segment of the path, and where the document allows it in parentheses. */
function routesOf(path: string, operations: readonly Operation[]): readonly Route[] {
  const own = routeOf(path, operations);
  if (!operations.some(({ keyInParentheses }) => keyInParentheses)) return [own];
  return [own, routeOf(path.replace(/\/(\{[^}]+\})/, "('$1')"), operations)];
}

function routeOf(path: string, operations: readonly Operation[]): Route {
  return {
    methods: new Map(operations.map((operation) => [operation.method, operation])),
    allow: operations.map(({ method }) => method),
    trailingSlash: operations.some(({ trailingSlash }) => trailingSlash),
    ignoresCase: operations.some(({ rules }) => rules.ignoresPathCase),
    segments: path.split('/').slice(1).map(segmentOf),
  };
}

function withoutCase(segment: Segment): Segment {
  if ('literal' in segment) return { literal: segment.literal.toLowerCase(), ignoresCase: true };
  return { ...segment, pattern: new RegExp(segment.pattern.source, 'is') };
}

function segmentOf(text: string): Segment {
  if (!text.includes('{')) return { literal: text };
  const names: string[] = [];
  const parts = text.split(/(\{[^}]+\})/).map((part) => {
    if (!part.startsWith('{')) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    names.push(part.slice(1, -1));
    return '(.+?)';
  });
  return { pattern: new RegExp(`^${parts.join('')}$`, 's'), names };
}

function pathOf({ segments }: Route): string {
  return segments.map((segment) => `/${'literal' in segment ? segment.literal : ''}`).join('');
}

function byLiteralSegments(a: Route, b: Route): number {
  for (const [index, segment] of a.segments.entries()) {
    const other = b.segments[index];
    const order = Number(other !== undefined && 'literal' in other) - Number('literal' in segment);
    if (order !== 0) return order;
  }
  return 0;
}

function decoded(path: string): readonly string[] | undefined {
  if (!path.startsWith('/')) return undefined;
  try {
    return path.split('/').slice(1).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function parametersIn(route: Route, given: readonly string[]): Record<string, string> | undefined {
  const hasSlash = given.length === route.segments.length + 1 && given.at(-1) === '';
  if (given.length !== route.segments.length && !(hasSlash && route.trailingSlash)) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of route.segments.entries()) {
    const text = given[index] ?? '';
    if ('literal' in segment) {
      if (segment.literal !== (segment.ignoresCase ? text.toLowerCase() : text)) return undefined;
      continue;
    }
    const found = segment.pattern.exec(text);
    if (!found) return undefined;
    // OData doubles a quote inside a key in quotes.
    const isQuoted = segment.pattern.source.includes("'");
    for (const [at, name] of segment.names.entries()) {
      const value = found[at + 1] ?? '';
      parameters[name] = isQuoted ? value.replaceAll("''", "'") : value;
    }
  }
  return parameters;
}

function matchMethod(route: Route, method: string, pathParameters: Record<string, string>): Match {
  const operation = route.methods.get(method);
  return operation ? { operation, pathParameters } : { allow: route.allow, operations: [...route.methods.values()] };
}
