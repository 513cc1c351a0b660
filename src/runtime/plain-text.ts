// Escapes characters in external text that affect a terminal: cursor movement, colours, line breaks and text direction.

/** C0 and C1 control characters, bidirectional controls, and Unicode line separators. */
export const unsafeCharacters = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Escapes a character: `\x1b`. */
export function spelled(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** The text on one line, with unsafe characters escaped. */
export function plainLine(text: string): string {
  return text.replace(/\r?\n/g, ' ⏎ ').replace(/\t/g, ' ').replace(unsafeCharacters, spelled);
}

/** Equivalent JSON without characters that affect a terminal. @param json on one line */
export function plainJson(json: string): string {
  return json.replace(unsafeCharacters, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Limits the text to this number of characters; a truncated text ends with `…`. */
export function shortened(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters - 1)}…`;
}
