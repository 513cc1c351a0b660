// Tries what must not be possible, so that the guard's silence elsewhere proves something.
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import type { Flow } from './flow.ts';

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const guardFlows: Readonly<Record<string, Flow>> = {
  'guard: connects elsewhere': () =>
    new Promise((resolve) => {
      connect(443, '192.0.2.1').on('error', (error) => resolve(reasonOf(error)));
    }),
  'guard: looks a name up': () => lookup('name.example').then(String, reasonOf),
  'guard: fetches by name': () => fetch('https://name.example/').then(String, ({ cause }) => reasonOf(cause)),
};
