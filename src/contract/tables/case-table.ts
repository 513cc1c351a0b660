// Reads the case tables of fixtures/cases: rows of a request and its expected response, shared with the emulator's own tests.
import { readdirSync, readFileSync } from 'node:fs';

export interface TableRequest {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly token?: 'app' | 'user' | 'otherUser' | 'garbage' | 'none';
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: unknown;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly text?: string;
  readonly noBody?: boolean;
  readonly encoding?: 'gzip' | 'deflate' | 'deflate-raw' | 'br';
}

export interface Expected {
  readonly status: number | readonly number[];
  readonly code?: string;
  readonly innerCode?: string;
  readonly targets?: readonly string[];
  readonly body?: Readonly<Record<string, unknown>>;
  readonly members?: readonly string[];
  readonly headers?: Readonly<Record<string, unknown>>;
}

export interface TableRow {
  readonly id: string;
  /** Id of the requirement in openapi/requirements.yaml that the row tests. */
  readonly proves: string;
  /** Numbers of docs/facts.md. */
  readonly requirement: readonly string[];
  readonly says: string;
  readonly request: TableRequest;
  readonly expect: Expected;
}

export interface CaseTable {
  readonly operationId: string;
  /** The request of every row, unless the row overrides it. */
  readonly request: TableRequest;
  readonly cases: readonly TableRow[];
}

const folder = new URL('../../../fixtures/cases/', import.meta.url);

/** @throws Error that names a row without a requirement */
export function readTable(operationId: string): CaseTable {
  // The edge where a file of this project becomes typed.
  return checked(JSON.parse(readFileSync(new URL(`${operationId}.json`, folder), 'utf8')) as CaseTable);
}

/** All tables, by name. */
export function readTables(): readonly CaseTable[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => readTable(name.replace(/\.json$/, '')));
}

export function checked(table: CaseTable): CaseTable {
  for (const { id, proves } of table.cases) {
    if (!proves)
      throw new Error(
        `fixtures/cases/${table.operationId}.json: ${id} has no member 'proves'; set it to the id of a requirement in openapi/requirements.yaml`,
      );
  }
  return table;
}

/** The row's request: its members override those of the table, and headers are merged by name. */
export function requestOf({ request: common }: CaseTable, { request: own }: TableRow): TableRequest {
  return { ...common, ...own, headers: { ...common.headers, ...own.headers } };
}
