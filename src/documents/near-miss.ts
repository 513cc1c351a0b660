// Finds what was probably meant by a name that is not known: for messages only, never to accept it.

/** Longer names are not compared. */
const maxCharacters = 64;
/** Names of one object that are compared. */
const maxNames = 50;

/** The first of the sent names that is nearly one of the known ones. */
export function nearMiss(sent: readonly string[], known: readonly string[]): { readonly sent: string; readonly meant: string } | undefined {
  for (const one of sent.slice(0, maxNames)) {
    const meant = nearest(one, known);
    if (meant !== undefined) return { sent: one, meant };
  }
  return undefined;
}

/** The known name that differs from this one by little; undefined if none does. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const plain = plainOf(name);
  if (plain === '' || name.length > maxCharacters) return undefined;
  const ranked = known
    .map((one) => ({ one, distance: distanceBetween(plain, plainOf(one)) }))
    .filter(({ one, distance }) => distance <= maxDistance(one) || isPart(plain, plainOf(one)))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.one;
}

function maxDistance({ length }: string): number {
  if (length < 3) return 0;
  return length < 8 ? 1 : Math.min(3, Math.floor(length / 4));
}

/** Words are often left out: `hostName` for `targetHostName`. */
function isPart(one: string, other: string): boolean {
  const [shorter, longer] = one.length < other.length ? [one, other] : [other, one];
  return shorter.length >= 6 && longer.includes(shorter);
}

const plainOf = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Letters to insert, remove, replace or exchange with their neighbour. */
function distanceBetween(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + Number(one[i - 1] !== other[j - 1]);
      const isExchange = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const exchanged = isExchange ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, exchanged));
    }
    before = row;
    row = next;
  }
  return row[other.length] ?? 0;
}

/**
 * The path template that is nearly this path: each segment alike, or one that is wrong, missing or too many. None where several are as near.
 * @param templates without their parameters' values
 */
export function nearestPath(path: string, templates: readonly string[]): string | undefined {
  const given = segmentsOf(path);
  if (given.length > 12) return undefined;
  const ranked = [...new Set(templates)]
    .map((template) => ({ template, ...likeness(given, segmentsOf(template)) }))
    .filter(({ wrong, same }) => wrong <= 1 && same >= 2)
    .sort(byLikeness);
  const [best, second] = ranked;
  return best && (second === undefined || byLikeness(best, second) < 0) ? best.template : undefined;
}

interface Likeness {
  /** Segments of the longer one that the other has not. */
  readonly wrong: number;
  readonly same: number;
  /** Whether one has a segment more. */
  readonly isLonger: boolean;
  /** Segments that are alike by their own name, not by a parameter, which is like everything. */
  readonly named: number;
}

/** The nearest first. */
function byLikeness(a: Likeness, b: Likeness): number {
  return a.wrong - b.wrong || b.named - a.named || Number(a.isLonger) - Number(b.isLonger) || b.same - a.same;
}

const segmentsOf = (path: string): readonly string[] => path.split('/').filter((segment) => segment !== '');

function likeness(given: readonly string[], wanted: readonly string[]): Likeness {
  const start = countAlike(given, wanted);
  const end = countAlike(given.toReversed(), wanted.toReversed());
  const [shorter, longer] = [Math.min(given.length, wanted.length), Math.max(given.length, wanted.length)];
  const same = Math.min(start + end, shorter);
  const matched = start >= same ? wanted.slice(0, same) : [...wanted.slice(0, start), ...wanted.slice(start - same)];
  return { wrong: longer - same, same, isLonger: longer > shorter, named: matched.filter((segment) => !segment.includes('{')).length };
}

function countAlike(given: readonly string[], wanted: readonly string[]): number {
  const first = given.findIndex((segment, index) => !isAlike(segment, wanted[index]));
  return first < 0 ? given.length : first;
}

function isAlike(segment: string, wanted: string | undefined): boolean {
  return wanted !== undefined && (wanted.includes('{') || nearest(segment, [wanted]) !== undefined);
}
