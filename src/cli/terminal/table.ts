// Formats tables of text with aligned columns.
import type { Colors } from './output.ts';
import { pad, safeLine, widthOf } from './text.ts';

export interface Table {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const columnGap = '  ';

/** The lines of a table; `none` below its title if it has no rows. Control characters in cells are escaped. */
export function tableLines({ title, heads, rows }: Table, { bold, dim }: Colors): readonly string[] {
  const cells = rows.map((row) => row.map(safeLine));
  if (cells.length === 0) return [bold(title), `${columnGap}${dim('none')}`];
  const widths = heads.map((head, column) => Math.max(...[head, ...cells.map((row) => row[column] ?? '')].map(widthOf)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : pad(cell, widths[column] ?? 0)))
      .join(columnGap)
      .trimEnd();
  return [bold(title), `${columnGap}${dim(line(heads))}`, ...cells.map((row) => `${columnGap}${line(row)}`)];
}
