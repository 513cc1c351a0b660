// The exhaustive gate: what the slow gate samples, whole (test/verify/extent.ts).
import { mergeConfig } from 'vitest/config';
import verify from './vitest.verify.config.ts';

export default mergeConfig(verify, { test: { env: { UNSID_VERIFY: 'full' } } });
