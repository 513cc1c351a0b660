// Prepares text from any source for a terminal: escapes control characters, measures and limits its width.
import { plainLine, spelled, unsafeCharacters } from '../../runtime/plain-text.ts';

const wideCharacter =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\uac00\uac01-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;
const zeroWidthCharacter = /\p{Mn}|\p{Me}|[\u200b\u200c]|\u200d|\ufe0f/u;

/** One line, with every control character escaped. */
export const safeLine = plainLine;

/** Splits text into lines and escapes control characters. */
export function safeLines(text: string): readonly string[] {
  return text.split(/\r?\n/).map((line) => line.replace(/\t/g, '  ').replace(unsafeCharacters, spelled));
}

/** JSON on one line, or indented, with control characters escaped. */
export function safeJson(value: unknown, indent?: number): string {
  const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, null, indent).replace(unsafeCharacters, (character) =>
    character === '\n' ? character : escaped(character),
  );
}

/** Width in columns of a text without control characters. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += zeroWidthCharacter.test(character) ? 0 : wideCharacter.test(character) ? 2 : 1;
  return width;
}

/** Limits the text to this number of columns; a truncated text ends with `…`. */
export function truncate(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let width = 0;
  let cut = '';
  for (const character of text) {
    width += widthOf(character);
    if (width > columns - 1) break;
    cut += character;
  }
  return `${cut}…`;
}

/** Breaks the text into lines of at most this width, at spaces if possible. The text must not contain control characters. */
export function wrap(text: string, columns: number): readonly string[] {
  if (widthOf(text) <= columns) return [text];
  const lines: string[] = [];
  let line = '';
  for (const character of text) {
    if (line !== '' && widthOf(line) + widthOf(character) > columns) {
      const space = line.lastIndexOf(' ');
      // Never breaks within the indentation.
      const end = character === ' ' || space < line.search(/\S/) ? line.length : space;
      lines.push(line.slice(0, end).trimEnd());
      line = line.slice(end).trimStart();
      if (line === '' && character === ' ') continue;
    }
    line += character;
  }
  return line === '' ? lines : [...lines, line];
}

/** Pads with spaces on the right. */
export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}

/** `1 socket`, `2 sockets`; pass the plural if it is irregular. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : several}`;
}

/** Quotes the text for a POSIX shell if necessary. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
