// The core of an emulator: service, scheduler and hub over one foundation, and the activity log that observes them.
import type { PlatformType } from '../domain/model.ts';
import type { Registry } from '../domain/ports.ts';
import { nextTurn } from '../runtime/turn.ts';
import { createScheduler } from '../service/scheduler.ts';
import { createService } from '../service/service.ts';
import { createHub } from '../socket/hub.ts';
import { createMessageValidator } from '../socket/message-validator.ts';
import { type ActivityLog, createActivityLog } from './activity-log.ts';
import type { EmulatorOptions } from './emulator-options.ts';
import type { Foundation } from './foundation.ts';

export type EmulatorCore = ReturnType<typeof createEmulatorCore>;

export function createEmulatorCore(options: EmulatorOptions, foundation: Foundation, registry: Registry) {
  const { spec, clock, timer, ids, signals, stores, onError } = foundation;
  const activity = activityOf(foundation);
  const scheduler = createScheduler({ clock, timer, signals, turn: nextTurn, onError });
  const { lifetimes, maxPageBytes, maxViewBytes } = spec;
  const service = createService({ stores, clock, ids, turn: nextTurn, signals, registry, lifetimes, maxPageBytes, maxViewBytes, activity });
  const hub = createHub({
    rules: spec.socket,
    delivery: service.delivery,
    signals,
    clock,
    timer,
    push: options.push ?? 'embed',
    heartbeatSeconds: options.heartbeatSeconds,
    validate: options.validateResponses ? createMessageValidator(spec.socket.checkServerMessage, foundation.onViolation) : undefined,
    validateEnvelope: options.validateResponses ? envelopeValidator(foundation) : undefined,
    wakeBy: scheduler.wakeBy,
    onError,
  });
  scheduler.addSource(service.due);
  scheduler.addSource(hub.tokenExpiry);
  return { activity, scheduler, service, hub };
}

function envelopeValidator({ spec, onViolation }: Foundation) {
  return (platform: PlatformType, envelope: unknown) =>
    createMessageValidator((message) => spec.socket.envelopes?.check(platform, message) ?? [], onViolation)(envelope);
}

/** Undefined where the log takes no events. */
function activityOf({ log, timer, clock, stores }: Foundation): ActivityLog | undefined {
  if (!log.events) return undefined;
  return createActivityLog({
    events: log.events,
    monotonicNow: timer.now,
    subscriptionsOf: (feed) => stores.subscriptions.ofFeed(feed, clock.now()),
    defer: setImmediate,
  });
}
