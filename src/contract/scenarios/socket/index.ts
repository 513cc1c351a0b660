// Scenarios of the device socket itself: handshake, heartbeats, limits, flow.
import type { Case } from '../../case.ts';
import { socketFlowScenarios } from './flow.ts';
import { handshakeScenarios } from './handshakes.ts';
import { heartbeatScenarios } from './heartbeats.ts';
import { socketLimitScenarios } from './limits.ts';
import { socketMessageScenarios } from './messages.ts';
import { replacementScenarios } from './replacement.ts';

/** Long scenarios come first. */
export const socketCases: readonly Case[] = [
  ...heartbeatScenarios,
  ...socketFlowScenarios,
  ...handshakeScenarios,
  ...socketMessageScenarios,
  ...socketLimitScenarios,
  ...replacementScenarios,
];
