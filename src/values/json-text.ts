// Writes parsed JSON as a text, in any depth: JSON.parse reads more levels than the stack of JSON.stringify has room for.

/** @param value as JSON.parse returns it */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return writtenInParts(value);
    throw error;
  }
}

type Part = { readonly text: string } | { readonly value: unknown };

function writtenInParts(value: unknown): string {
  const texts: string[] = [];
  const open: Part[] = [{ value }];
  for (let part = open.pop(); part; part = open.pop()) {
    if ('text' in part) texts.push(part.text);
    else for (const one of partsOf(part.value).toReversed()) open.push(one);
  }
  return texts.join('');
}

function partsOf(value: unknown): readonly Part[] {
  if (typeof value !== 'object' || value === null) return [{ text: JSON.stringify(value) }];
  const members: readonly (readonly [string, unknown])[] = Array.isArray(value)
    ? value.map((one) => ['', one] as const)
    : Object.entries(value).map(([name, one]) => [`${JSON.stringify(name)}:`, one] as const);
  const [begin, end] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const inner = members.flatMap(([name, one], index): Part[] => [{ text: `${index > 0 ? ',' : ''}${name}` }, { value: one }]);
  return [{ text: begin }, ...inner, { text: end }];
}
