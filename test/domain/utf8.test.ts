// The size of text in UTF-8, counted without encoding it.
import { describe, expect, it } from 'vitest';
import { utf8Length } from '../../src/domain/utf8.ts';

describe('the length of text in UTF-8', () => {
  it.each(['', 'plain', 'ü', '\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff', '你好', '👩‍👩‍👧‍👦 🏳️‍🌈 𝒳', 'e\u0301'.repeat(1000)])(
    'is that of its bytes: %j',
    (text) => {
      expect(utf8Length(text)).toBe(Buffer.byteLength(text));
    },
  );
});
