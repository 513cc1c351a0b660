// Records a script's run: what was published, what arrived at which device, what was dismissed.
import type { ClientTimer } from '../client/timer.ts';
import type { ClientNotification, NotificationMessage } from '../client/wire.ts';
import type { Device } from './device-api.ts';
import type { Delivery, Dismissal, Evidence, Member, Published } from './script-score.ts';

export interface ScriptProgress {
  readonly connected: number;
  readonly published: number;
  readonly delivered: number;
}

export interface Recorder {
  watch(device: Device): void;
  /** Raw content of a notification of this run. */
  contentOf(number: number): string;
  published(published: Published): void;
  refused(reason: string): void;
  /** Resolves when the pending dismissals have completed. */
  idle(): Promise<void>;
  /** False while notifications are certainly missing; cheaper than computing the score. */
  isPlausiblyComplete(): boolean;
  evidence(): Omit<Evidence, 'lateAfterMs'>;
  counts(): { readonly published: number; readonly refused: number; readonly firstRefusal: string | undefined };
}

export interface RecorderOptions {
  /** Distinguishes the notifications of this run from others in the same feed. */
  readonly run: string;
  readonly timer: ClientTimer;
  readonly dismisses: (number: number) => boolean;
  /** Which of a user's devices dismisses: an index below `of`. */
  readonly dismisser: (number: number, of: number) => number;
  readonly onProgress?: (progress: ScriptProgress) => void;
}

function numberIn(notification: ClientNotification, run: string): number | undefined {
  if (notification.status === 'Deleted' || notification.payload.rawContent === undefined) return undefined;
  const [start, number] = notification.payload.rawContent.split('#');
  return start === run && number !== undefined ? Number(number) : undefined;
}

export function createRecorder(options: RecorderOptions): Recorder {
  const { run, timer } = options;
  const members: Member[] = [];
  const membersOf = new Map<string, string[]>();
  const published: Published[] = [];
  const dismissals: Dismissal[] = [];
  const deliveries: Delivery[] = [];
  const underWay = new Set<Promise<void>>();
  let refused = 0;
  let firstRefusal: string | undefined;
  let expected = 0;
  let arrived = 0;

  const reportProgress = (): void => options.onProgress?.({ connected: members.length, published: published.length, delivered: arrived });
  const dismiss = (device: Device, id: string, number: number): void => {
    const done = device.dismiss(id).then(
      () => {
        dismissals.push({ number, device: device.deviceId });
      },
      () => undefined,
    );
    underWay.add(done);
    void done.finally(() => underWay.delete(done));
  };
  const isDismisser = (device: Device, number: number): boolean => {
    const all = membersOf.get(device.user) ?? [];
    return options.dismisses(number) && all[options.dismisser(number, all.length)] === device.deviceId;
  };

  return {
    watch(device) {
      const { deviceId, user, platform } = device;
      members.push({ device: deviceId, user, platform });
      membersOf.set(user, [...(membersOf.get(user) ?? []), deviceId].sort());
      const seen = new Set<number>();
      let connectedAtMs = timer.now();
      const note = (notification: ClientNotification, isRepeated: boolean): void => {
        const number = numberIn(notification, run);
        if (number === undefined || notification.status === 'Deleted') return;
        const isPristine = notification.lastModifiedDateTime === null;
        const isDismissed = notification.userActionState === 'Dismissed';
        deliveries.push({ device: deviceId, number, atMs: timer.now(), connectedAtMs, isRepeated, isPristine, isDismissed });
        if (isRepeated || seen.has(number)) return;
        seen.add(number);
        arrived += 1;
        reportProgress();
        if (isDismisser(device, number)) dismiss(device, notification.id, number);
      };
      device.on('connected', () => {
        connectedAtMs = timer.now();
      });
      device.on('notification', ({ notification }) => note(notification, false));
      device.on('duplicate', ({ notification }: NotificationMessage) => note(notification, true));
      reportProgress();
    },
    contentOf: (number) => `${run}#${number}`,
    published(item) {
      published.push(item);
      expected += membersOf.get(item.user)?.length ?? 0;
      reportProgress();
    },
    refused(reason) {
      refused += 1;
      firstRefusal ??= reason;
    },
    async idle() {
      await Promise.all(underWay);
    },
    isPlausiblyComplete: () => arrived >= expected,
    evidence: () => ({ members, published, dismissals, deliveries }),
    counts: () => ({ published: published.length, refused, firstRefusal }),
  };
}
