// Decides whether a stream gets colours: only a terminal that supports them, if the user has not switched them off.
import picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** No colours if the stream is not a terminal, `NO_COLOR` is set, or `TERM` is `dumb`. */
export function colorsFor(stream: { readonly isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>): Colors {
  const isOff = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return picocolors.createColors(stream.isTTY === true && !isOff);
}
