// Text from elsewhere made harmless for a terminal: nothing in it moves the cursor, sets colours, ends the line or turns its direction.

/** C0 and C1 controls, what turns the direction of text around, and separators of lines that are no line breaks. */
export const unsafeCharacters = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** `\x1b`: the character spelled out. */
export function spelled(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** One line. */
export function plainLine(text: string): string {
  return text.replace(/\r?\n/g, ' ⏎ ').replace(/\t/g, ' ').replace(unsafeCharacters, spelled);
}

/** JSON that means the same, without a character that acts on a terminal. @param json on one line */
export function plainJson(json: string): string {
  return json.replace(unsafeCharacters, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** At most this many characters, with `…` where something was cut. */
export function shortened(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters - 1)}…`;
}
