// JSON Schema of fleet scripts, with units and limits.
import { allPlatformTypes } from '../client/wire.ts';

const share = { type: 'number', minimum: 0, maximum: 1 } as const;

/** JSON Schema (2020-12) of a script file. */
export const scriptSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Fleet script',
  description: 'What a fleet of simulated devices does while notifications are published to it',
  type: 'object',
  additionalProperties: false,
  required: ['devices', 'notifications'],
  properties: {
    seed: { type: ['string', 'integer'], description: 'All randomness comes from it. Default 1' },
    devices: { type: 'integer', minimum: 1, maximum: 100_000 },
    users: { type: 'integer', minimum: 1, maximum: 100_000, description: 'Default 1; not more than devices' },
    platforms: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { enum: allPlatformTypes },
      description: 'Default: all four',
    },
    notifications: {
      type: 'object',
      additionalProperties: false,
      required: ['count', 'everyMs'],
      description: 'Raw notifications for all platforms, each to a user drawn at random',
      properties: {
        count: { type: 'integer', minimum: 1, maximum: 1_000_000 },
        everyMs: { type: 'number', minimum: 0, maximum: 3_600_000, description: 'Milliseconds between two' },
      },
    },
    acknowledgeDelayMs: {
      type: 'array',
      minItems: 2,
      maxItems: 2,
      items: { type: 'number', minimum: 0, maximum: 600_000 },
      description: 'Minimum and maximum milliseconds between receipt and acknowledgement. Default [0, 0]',
    },
    dismissShare: { ...share, description: 'Share of the notifications that one of the devices dismisses. Default 0' },
    offline: {
      type: 'object',
      additionalProperties: false,
      required: ['share', 'everySeconds', 'forSeconds'],
      description: 'Devices that repeatedly disconnect while notifications are published',
      properties: {
        share,
        everySeconds: { type: 'number', exclusiveMinimum: 0, maximum: 86_400 },
        forSeconds: { type: 'number', minimum: 0, maximum: 86_400 },
      },
    },
    reconnectStorm: {
      type: 'object',
      additionalProperties: false,
      required: ['atSeconds', 'share'],
      description: 'Devices that all disconnect and reconnect at the same moment',
      properties: { atSeconds: { type: 'number', minimum: 0, maximum: 86_400 }, share },
    },
    lateAfterMs: {
      type: 'number',
      exclusiveMinimum: 0,
      description: 'Milliseconds after which an arrival at a connected device is late. Default 1000',
    },
    settleSeconds: {
      type: 'number',
      minimum: 0,
      maximum: 3600,
      description: 'Maximum seconds to wait at the end for missing deliveries. Default 10',
    },
  },
} as const;
