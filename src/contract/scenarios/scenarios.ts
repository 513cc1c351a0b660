// Cases in code, for what needs several steps or devices.
import type { Case } from '../case.ts';
import { deliveryCases } from './delivery/index.ts';
import { fallbackCases } from './fallback/index.ts';
import { historyCases } from './history/index.ts';
import { publishCases } from './publish/index.ts';
import { resumeCases } from './resume/index.ts';
import { socketCases } from './socket/index.ts';
import { subscriptionsCases } from './subscriptions/index.ts';

/** Long scenarios come first, so that the others run while they wait. */
export const scenarioCases: readonly Case[] = [
  ...socketCases,
  ...deliveryCases,
  ...publishCases,
  ...subscriptionsCases,
  ...historyCases,
  ...resumeCases,
  ...fallbackCases,
];
