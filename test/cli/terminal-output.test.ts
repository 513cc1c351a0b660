// The one way to the terminal: styles of the program act on it, nothing that came from elsewhere does.
import { describe, expect, it } from 'vitest';
import { createOutput } from '../../src/cli/terminal/output.ts';
import { counted, safeJson, wrap } from '../../src/cli/terminal/text.ts';

function output(hasColors: boolean) {
  let written = '';
  const out = createOutput({
    write: (text) => {
      written += text;
      return true;
    },
    hasColors,
    key: 'secret',
  });
  return { out, written: () => written };
}

const ESCAPES: readonly (readonly [string, string])[] = [
  ['\u001b[31mred\u001b[0m', '\\x1b[31mred\\x1b[0m'],
  ['\u001b]0;title\u0007', '\\x1b]0;title\\x07'],
  ['\u009b2J', '\\x9b2J'],
  ['a\rb\bc', 'a\\x0db\\x08c'],
  ['one\ntwo\r\nthree', 'one ⏎ two ⏎ three'],
  ['\u202egnp.exe\u2069', '\\u202egnp.exe\\u2069'],
  ['\u061c\u200e\u2028', '\\u061c\\u200e\\u2028'],
  ['\u0001secret2;31m', '\\x01secret2;31m'],
  ['\u0001guess;31m', '\\x01guess;31m'],
  ['zażółć 😀 ✓', 'zażółć 😀 ✓'],
];

describe('output', () => {
  it.each(ESCAPES)('shows %j and does not do it, with colours and without', (text, shown) => {
    for (const hasColors of [true, false]) {
      const { out, written } = output(hasColors);
      out.print([text]);
      expect(written()).toBe(`${shown}\n`);
    }
  });

  it('styles what the program styles, also inside of another style', () => {
    const { out, written } = output(true);
    const { bold, red, green } = out.colors;
    out.print([`${red(`a${bold('b')}c`)} d`, red(`a${green('b')}c`)]);
    expect(written()).toBe('\u001b[31ma\u001b[1mb\u001b[22mc\u001b[39m d\n\u001b[31ma\u001b[32mb\u001b[39m\u001b[31mc\u001b[39m\n');
  });

  it('shows what is inside of a style as safely as all else', () => {
    const { out, written } = output(true);
    out.print([out.colors.red('\u001b[2J')]);
    expect(written()).toBe('\u001b[31m\\x1b[2J\u001b[39m\n');
  });

  it('rewrites the current line, and nothing in the lines or the status can', () => {
    const { out, written } = output(false);
    out.redraw(['a\r', 'b'], 'status\u001b[1A');
    expect(written()).toBe('\r\u001b[2Ka\\x0d\nb\nstatus\\x1b[1A');
  });
});

describe('JSON for a terminal', () => {
  it.each(ESCAPES)('has %j escaped, and keeps its meaning', (text) => {
    const line = safeJson({ [text]: [text] });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this is about control characters
    expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/);
    expect(JSON.parse(line)).toEqual({ [text]: [text] });
  });

  it('can be indented', () => {
    expect(safeJson({ a: ['\u009b'] }, 2)).toBe('{\n  "a": [\n    "\\u009b"\n  ]\n}');
  });
});

it.each([
  ['main is green', 20, ['main is green']],
  ['main is green again', 10, ['main is', 'green', 'again']],
  ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
  ['ab cdefghij', 4, ['ab', 'cdef', 'ghij']],
  ['漢字漢字', 5, ['漢字', '漢字']],
  ['    abcdefgh', 8, ['    abcd', 'efgh']],
  ['    ab cdefgh', 8, ['    ab', 'cdefgh']],
  ['', 5, ['']],
])('%j in lines of %i columns is %j', (text, columns, lines) => {
  expect(wrap(text, columns)).toEqual(lines);
});

it.each([
  [0, '0 sockets'],
  [1, '1 socket'],
  [2, '2 sockets'],
  [1234, '1,234 sockets'],
])('%i are counted as %j', (count, text) => {
  expect(counted(count, 'socket')).toBe(text);
});
