// Copies a body while it is forwarded, up to a size limit and a memory limit shared by all copies.

/** The memory limit for copies, shared by all exchanges of one proxy. */
export interface TapRoom {
  /** Returns false if the limit is reached. */
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
  /** Number of bytes forwarded so far. */
  readonly bytes: number;
  /** The copy; undefined if it was discarded. */
  copy(): Buffer | undefined;
  /** Releases the memory of the copy. */
  free(): void;
}

export interface TapOptions {
  readonly room: TapRoom;
  readonly maxBytes: number;
  /** Called with the bytes copied so far when the copy is discarded. */
  readonly onDiscarded?: (soFar: readonly Buffer[]) => void;
}

export function createBodyTap({ room, maxBytes, onDiscarded }: TapOptions): BodyTap {
  let chunks: Buffer[] | undefined = [];
  let bytes = 0;
  let reserved = 0;
  const free = () => {
    room.give(reserved);
    reserved = 0;
    chunks = undefined;
  };
  return {
    take(chunk) {
      bytes += chunk.length;
      if (!chunks) return;
      chunks.push(chunk);
      if (bytes <= maxBytes && room.take(chunk.length)) {
        reserved += chunk.length;
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
