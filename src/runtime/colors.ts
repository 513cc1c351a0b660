// Whether a stream gets colours: only a terminal that can show them, and whose person has not turned them off.
import picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** Plain ones when the stream is no terminal, `NO_COLOR` is set to anything, or `TERM` is `dumb`. */
export function colorsFor(stream: { readonly isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>): Colors {
  const isOff = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return picocolors.createColors(stream.isTTY === true && !isOff);
}
