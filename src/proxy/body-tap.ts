// Keeps a copy of a body that goes by, as long as it is small and there is room; what is too large only goes by.

/** Room for copies, shared by everything that goes through one proxy. */
export interface TapRoom {
  /** False: there is no room. */
  take(bytes: number): boolean;
  give(bytes: number): void;
}

export function createTapRoom(maxBytes: number): TapRoom {
  let taken = 0;
  return {
    take: (bytes) => {
      if (taken + bytes > maxBytes) return false;
      taken += bytes;
      return true;
    },
    give: (bytes) => {
      taken -= bytes;
    },
  };
}

export interface BodyTap {
  take(chunk: Buffer): void;
  /** Bytes that went by. */
  readonly bytes: number;
  /** The copy; undefined: given up. */
  copy(): Buffer | undefined;
  /** Lets the copy go. */
  free(): void;
}

export interface TapOptions {
  readonly room: TapRoom;
  readonly maxBytes: number;
  /** Called with the copy when it is given up. */
  readonly onDiscarded?: (soFar: readonly Buffer[]) => void;
}

export function createBodyTap({ room, maxBytes, onDiscarded }: TapOptions): BodyTap {
  let chunks: Buffer[] | undefined = [];
  let bytes = 0;
  let held = 0;
  const free = () => {
    room.give(held);
    held = 0;
    chunks = undefined;
  };
  return {
    take(chunk) {
      bytes += chunk.length;
      if (!chunks) return;
      chunks.push(chunk);
      if (bytes <= maxBytes && room.take(chunk.length)) {
        held += chunk.length;
        return;
      }
      const soFar = chunks;
      free();
      onDiscarded?.(soFar);
    },
    get bytes() {
      return bytes;
    },
    copy: () => chunks && Buffer.concat(chunks),
    free,
  };
}
