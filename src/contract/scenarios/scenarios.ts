// Cases in code, for what needs several steps or devices.
import type { Case } from '../case.ts';

export const scenarioCases: readonly Case[] = [];
