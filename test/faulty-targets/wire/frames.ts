// Reads and writes the frames of RFC 6455, so that untouched frames are passed on byte by byte.

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface Frame {
  readonly isFinal: boolean;
  readonly opcode: number;
  /** Unmasked. */
  readonly payload: Buffer;
  /** The received bytes. */
  readonly raw: Buffer;
}

/** A whole message, of one frame or several. */
export interface FramedMessage {
  readonly opcode: number;
  readonly payload: Buffer;
  readonly raw: Buffer;
}

/** Takes received bytes and calls back for each complete frame. */
export function createFrameReader(onFrame: (frame: Frame) => void): (chunk: Buffer) => void {
  let waiting: Buffer[] = [];
  let held = 0;
  let needed = 2;
  return (chunk) => {
    waiting.push(chunk);
    held += chunk.length;
    while (held >= needed) {
      const bytes = waiting.length === 1 ? (waiting[0] ?? Buffer.alloc(0)) : Buffer.concat(waiting);
      const size = sizeOf(bytes);
      waiting = [bytes];
      if (size.total > bytes.length || !size.isKnown) {
        needed = size.total;
        continue;
      }
      waiting = [bytes.subarray(size.total)];
      held = bytes.length - size.total;
      needed = 2;
      onFrame(frameIn(bytes.subarray(0, size.total), size.headLength));
    }
  };
}

interface Size {
  readonly isKnown: boolean;
  /** Size of the whole frame, or the bytes that are needed to know it. */
  readonly total: number;
  readonly headLength: number;
}

function sizeOf(bytes: Buffer): Size {
  const second = bytes[1] ?? 0;
  const maskLength = (second & 0x80) === 0 ? 0 : 4;
  const short = second & 0x7f;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const headLength = 2 + lengthBytes + maskLength;
  if (bytes.length < headLength) return { isKnown: false, total: headLength, headLength };
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  return { isKnown: true, total: headLength + length, headLength };
}

function frameIn(raw: Buffer, headLength: number): Frame {
  const first = raw[0] ?? 0;
  const isMasked = ((raw[1] ?? 0) & 0x80) !== 0;
  const payload = Buffer.from(raw.subarray(headLength));
  if (isMasked) {
    const mask = raw.subarray(headLength - 4, headLength);
    for (let at = 0; at < payload.length; at += 1) payload[at] = (payload[at] ?? 0) ^ (mask[at % 4] ?? 0);
  }
  return { isFinal: (first & 0x80) !== 0, opcode: first & 0x0f, payload, raw };
}

/** Joins the frames of one message; control frames may come in between. */
export function createMessageReader(on: { message: (message: FramedMessage) => void; control: (frame: Frame) => void }) {
  let parts: Frame[] = [];
  return createFrameReader((frame) => {
    if (frame.opcode >= opcodes.close) {
      on.control(frame);
      return;
    }
    parts.push(frame);
    if (!frame.isFinal) return;
    const whole = parts;
    parts = [];
    on.message({
      opcode: whole[0]?.opcode ?? opcodes.text,
      payload: Buffer.concat(whole.map(({ payload }) => payload)),
      raw: Buffer.concat(whole.map(({ raw }) => raw)),
    });
  });
}

export interface FrameOptions {
  readonly isFinal?: boolean;
  /** Clients must mask; the mask is zero, which leaves the bytes as they are. */
  readonly isMasked?: boolean;
}

export function frameOf(opcode: number, payload: Buffer, { isFinal = true, isMasked = false }: FrameOptions = {}): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(2 + (length > 0xffff ? 8 : length > 125 ? 2 : 0) + (isMasked ? 4 : 0));
  head[0] = (isFinal ? 0x80 : 0) | opcode;
  head[1] = (isMasked ? 0x80 : 0) | (length > 0xffff ? 127 : length > 125 ? 126 : length);
  if (length > 0xffff) head.writeBigUInt64BE(BigInt(length), 2);
  else if (length > 125) head.writeUInt16BE(length, 2);
  return Buffer.concat([head, payload]);
}

export function closeFrame(code: number, options: FrameOptions = {}): Buffer {
  const payload = Buffer.alloc(2);
  payload.writeUInt16BE(code);
  return frameOf(opcodes.close, payload, options);
}

/** The code of a close frame, or 1005 if it has none. */
export const closeCodeOf = ({ payload }: Pick<Frame, 'payload'>): number => (payload.length < 2 ? 1005 : payload.readUInt16BE(0));
