// Scenarios of the fallback toast.
import type { Case } from '../../case.ts';
import { fallbackEachScenarios } from './each-device.ts';
import { fallbackAbsentScenarios } from './not-delivered.ts';
import { fallbackAgainScenarios } from './repeated.ts';
import { fallbackScenarios } from './toast.ts';

export const fallbackCases: readonly Case[] = [
  ...fallbackScenarios,
  ...fallbackEachScenarios,
  ...fallbackAbsentScenarios,
  ...fallbackAgainScenarios,
];
