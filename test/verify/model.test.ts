// Long model-based runs of the device socket: devices that connect, acknowledge, are cut off and come back, while everything changes.
//
// A seed makes a plan: three to six devices on up to four feeds, and steps that post, replace, change, delete, connect, acknowledge and
// end lines in every way (test/model/generate.ts). The plan is performed over HTTP and raw WebSockets, and every message is checked
// against a model that knows the rules R1–R9 and no code of the emulator (test/model/feed.ts, received.ts, missing.ts, toasts.ts). A
// seed fixes whether steps wait for each other (`serial`) or overlap (`concurrent`), and whether notifications are pushed or signals.
//
// A failing plan is reduced to the fewest steps that fail in the same way, and printed with what came after each. To run one seed:
//   MODEL_SEED=7 npx vitest run --config vitest.verify.config.ts test/verify/model.test.ts
// MODEL_STEPS sets the number of steps. A reduced plan that was a defect becomes a row of test/model/regressions.test.ts.
import { describe, expect, it } from 'vitest';
import { useHosts } from '../model/host.ts';
import { findFault } from '../model/report.ts';

const asked = process.env['MODEL_SEED'];
const seeds = asked === undefined ? Array.from({ length: 36 }, (_, index) => 101 + index) : [Number(asked)];
const steps = Number(process.env['MODEL_STEPS'] ?? 300);

describe('the device socket, over long random runs', () => {
  const hostOf = useHosts();
  it.each(seeds)('brings each device what is meant for it until it is acknowledged, and nothing else (seed %i)', async (seed) => {
    expect(await findFault(seed, steps, hostOf)).toBe('');
  });
});
