// What a person can select: the notifications of a device, numbered in order of their first appearance.

export interface NumberedList {
  /** The number of a notification, a new one the first time. */
  numberOf(id: string): number;
  /** The number, if it has one. */
  knownNumberOf(id: string): number | undefined;
  /** It can be selected from now on; the newest is selected while nobody has moved away from the newest. */
  add(id: string): void;
  /** It cannot be selected any more. */
  remove(id: string): void;
  /** Up (-1) or down (1), staying at the ends. */
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
