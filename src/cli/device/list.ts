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

export function createNumberedList(): NumberedList {
  const numbers = new Map<string, number>();
  let present: readonly string[] = [];
  let selected: string | undefined;
  const numberOf = (id: string): number => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    numbers.set(id, numbers.size + 1);
    return numbers.size;
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
    remove(id) {
      const at = present.indexOf(id);
      present = present.filter((other) => other !== id);
      if (selected === id) selected = present[Math.min(at, present.length - 1)];
    },
    move(by) {
      const at = selected === undefined ? -1 : present.indexOf(selected);
      selected = present[Math.max(0, Math.min(present.length - 1, at + by))];
    },
    get selected() {
      return selected;
    },
  };
}
