// Turns messages into ready-to-write frames: each distinct sequence of bytes is serialised and framed once, however many devices get it.
import { LRUCache } from 'lru-cache';
import * as ws from 'ws';
import { type Envelope, envelopeJson } from '../domain/envelope.ts';
import type { Fallback, Instant, Notification, PlatformType, Position } from '../domain/model.ts';
import { notificationMessageJson, type PushMessage, remainingSeconds, signalMessageJson, toastMessageJson } from '../domain/wire.ts';

/** A whole message as it is sent; the same buffer is written to many sockets and never changed. */
export type Frame = Buffer;

interface FramingSender {
  frame(data: Buffer, options: { fin: boolean; rsv1: boolean; opcode: number; mask: boolean; readOnly: boolean }): (Buffer | string)[];
}

/** `ws` exports its Sender; its types do not know that. */
const { Sender } = ws as unknown as { Sender: FramingSender };

/** Frames a text message as a server does: one frame, not masked, not compressed. */
export function frameText(text: string): Frame {
  const parts = Sender.frame(Buffer.from(text), { fin: true, rsv1: false, opcode: 1, mask: false, readOnly: true });
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}

export interface FramesOptions {
  /** Maximum size of a notification message; a larger one is replaced by a signal. */
  readonly maxEmbeddedBytes: number;
  /** Called with every message before it is framed; throws when the documents forbid it. */
  readonly validate: ((message: unknown) => void) | undefined;
  /** The same for an envelope. */
  readonly validateEnvelope?: ((platform: PlatformType, envelope: unknown) => void) | undefined;
  /** Bytes of frames kept for devices that come later. */
  readonly cacheBytes?: number;
}

/** Enough for a burst; a device that lags further behind has its frames made again. */
const defaultCacheBytes = 16 * 1024 * 1024;

export function createFrames({ maxEmbeddedBytes, validate, validateEnvelope, cacheBytes = defaultCacheBytes }: FramesOptions) {
  const cache = new LRUCache<string, Frame>({ maxSize: cacheBytes, sizeCalculation: (frame) => frame.length });

  function frame(text: string, platform?: PlatformType): Frame {
    if (platform === undefined) validate?.(JSON.parse(text));
    else validateEnvelope?.(platform, JSON.parse(text));
    return frameText(text);
  }

  function notification(push: PushMessage, now: Instant): Frame {
    const { feedName, notification: one, change, form } = push;
    const remaining = one.status === 'Active' ? remainingSeconds(one.content.displayUntil, now) : null;
    return once(`${feedName} ${one.position} ${change} ${form} ${remaining}`, () => {
      const text = notificationMessageJson(push, now);
      return Buffer.byteLength(text) <= maxEmbeddedBytes ? text : signalMessageJson(feedName, one.position);
    });
  }

  /** Shared by the devices of a platform that were last sent the same tag. */
  function envelope(one: Envelope, now: Instant): Frame {
    const { platform, embedded, alert, baseETag, newETag, cV } = one;
    const content = embedded?.notification.status === 'Active' ? embedded.notification.content : undefined;
    const kind = alert ? 'alert' : embedded ? `${embedded.form} ${remainingSeconds(content?.displayUntil, now)}` : 'announced';
    const text = () => {
      const whole = envelopeJson(one, now);
      return Buffer.byteLength(whole) <= maxEmbeddedBytes ? whole : envelopeJson({ ...one, embedded: undefined }, now);
    };
    return once(`${platform} ${cV} ${kind} ${baseETag} ${newETag}`, text, platform);
  }

  function once(key: string, text: () => string, platform?: PlatformType): Frame {
    const known = cache.get(key);
    if (known) return known;
    const made = frame(text(), platform);
    cache.set(key, made);
    return made;
  }

  return {
    notification,
    envelope,
    signal: (feedName: string, position: Position) => once(`${feedName} ${position} signal`, () => signalMessageJson(feedName, position)),
    toast: (feedName: string, { id, position }: Notification, { visualContent }: Fallback) =>
      once(`${feedName} ${position} toast`, () => toastMessageJson({ feedName, id, position, visualContent })),
    message: (m: object) => frame(JSON.stringify(m)),
  };
}

export type Frames = ReturnType<typeof createFrames>;
