// When the commands and the demo use colours.
import { expect, it } from 'vitest';
import { colorsFor } from '../../src/runtime/colors.ts';

it.each([
  [true, {}, true],
  [true, { NO_COLOR: '' }, true],
  [true, { NO_COLOR: '1' }, false],
  [true, { TERM: 'dumb' }, false],
  [false, {}, false],
])('are used by a terminal only, and not against NO_COLOR or TERM=dumb: terminal %j, %j', (isTTY, env, used) => {
  expect(colorsFor({ isTTY }, env).isColorSupported).toBe(used);
});
