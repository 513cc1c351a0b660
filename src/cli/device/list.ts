// The notifications that a user can select, numbered in order of first appearance.

export interface NumberedList {
  /** Returns the number of a notification; assigns one at the first call. */
  numberOf(id: string): number;
  /** Returns the number if one has been assigned. */
  knownNumberOf(id: string): number | undefined;
  /** Makes a notification selectable. The selection follows the newest one until the user moves it away. */
  add(id: string): void;
  /** Makes it unselectable. */
  remove(id: string): void;
  /** Moves the selection up (-1) or down (1), and stops at the ends. */
  move(by: number): void;
  readonly selected: string | undefined;
}

/** As many as the notifications that a device stores; the oldest are forgotten. */
const maxNumbers = 10_000;

export function createNumberedList(): NumberedList {
  const numbers = new Map<string, number>();
  let last = 0;
  let present: readonly string[] = [];
  let selected: string | undefined;
  const remove = (id: string): void => {
    const at = present.indexOf(id);
    if (at < 0) return;
    present = present.filter((other) => other !== id);
    if (selected === id) selected = present[Math.min(at, present.length - 1)];
  };
  const numberOf = (id: string): number => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    last += 1;
    numbers.set(id, last);
    const [oldest] = numbers.keys();
    if (numbers.size > maxNumbers && oldest !== undefined) {
      numbers.delete(oldest);
      remove(oldest);
    }
    return last;
  };
  return {
    numberOf,
    knownNumberOf: (id) => numbers.get(id),
    add(id) {
      numberOf(id);
      if (present.includes(id)) return;
      const isFollowing = selected === undefined || selected === present.at(-1);
      present = [...present, id];
      if (isFollowing) selected = id;
    },
    remove,
    move(by) {
      const at = selected === undefined ? -1 : present.indexOf(selected);
      selected = present[Math.max(0, Math.min(present.length - 1, at + by))];
    },
    get selected() {
      return selected;
    },
  };
}
