// Composes what the connections of a feed are sent, in the form of their subprotocol: messages of the device socket, or envelopes of a push channel.
import { cursorOf } from '../domain/cursor.ts';
import type { Fallback, FeedKey, Notification, Position } from '../domain/model.ts';
import type { Clock } from '../domain/ports.ts';
import type { Push } from '../domain/targeting.ts';
import type { Connection } from './connection.ts';
import type { Frame, Frames } from './frames.ts';

export interface DeviceMessages {
  entry(member: Connection, notification: Notification, push: Push): Frame;
  /** Announces everything up to this position. */
  signal(member: Connection, position: Position): Frame;
  toast(member: Connection, notification: Notification, fallback: Fallback): Frame;
  /** The frame for this position has been written: the next envelope has its tag for a base (D41). */
  written(member: Connection, position: Position): void;
}

export interface DeviceMessagesParts {
  readonly feed: FeedKey;
  readonly frames: Frames;
  readonly clock: Clock;
}

export function createDeviceMessages({ feed: { application }, frames, clock }: DeviceMessagesParts): DeviceMessages {
  /** What the envelopes of a position have in common; `cV` names the change. */
  const envelope = ({ subscription, feedName }: Connection, baseETag: string, position: Position) => ({
    platform: subscription.platform,
    application,
    baseETag,
    newETag: cursorOf(feedName, position),
    cV: `${feedName}.${position}`,
    embedded: undefined,
  });

  return {
    entry: (member, notification, push) => {
      const { feedName, pushChannel } = member;
      if (!pushChannel) return frames.notification({ feedName, application, notification, ...push }, clock.now());
      const announced = envelope(member, pushChannel.tag, notification.position);
      return frames.envelope({ ...announced, embedded: { notification, form: push.form } }, clock.now());
    },
    signal: (member, position) => {
      const { feedName, pushChannel } = member;
      return pushChannel ? frames.envelope(envelope(member, pushChannel.tag, position), clock.now()) : frames.signal(feedName, position);
    },
    toast: (member, notification, fallback) => {
      const { feedName, pushChannel } = member;
      if (!pushChannel) return frames.toast(feedName, notification, fallback);
      const { tag } = pushChannel;
      // It changes nothing in the view: an app that has the tag has nothing to fetch.
      const announced = envelope(member, tag, notification.position);
      return frames.envelope({ ...announced, newETag: tag || announced.newETag, alert: fallback.visualContent }, clock.now());
    },
    written: ({ pushChannel, feedName }, position) => {
      if (pushChannel) pushChannel.tag = cursorOf(feedName, position);
    },
  };
}
