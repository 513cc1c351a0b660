// Scenarios of the fallback toast.
import type { Case } from '../../case.ts';
import { fallbackEachDeviceScenarios } from './each-device.ts';
import { fallbackNotDeliveredScenarios } from './not-delivered.ts';
import { repeatedToastScenarios } from './repeated.ts';
import { fallbackScenarios } from './toast.ts';

export const fallbackCases: readonly Case[] = [
  ...fallbackScenarios,
  ...fallbackEachDeviceScenarios,
  ...fallbackNotDeliveredScenarios,
  ...repeatedToastScenarios,
];
