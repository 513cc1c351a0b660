// Turns what a validator found into what was expected: `must be a string` of /id becomes `/id to be a string`.

const forms: readonly (readonly [RegExp, string])[] = [
  [/^must not /, 'not to '],
  [/^must /, 'to '],
  [/^is required/, 'to be given'],
  [/^is not (known here|allowed)$/, 'not to be given'],
  [/^is not /, 'to be '],
  [/^is /, 'to be '],
  [/^needs /, 'to have '],
  [/^lacks /, 'to have '],
  [/^matches no alternative$/, 'to match one of the alternatives'],
];

/** @param subject what it is about: `/payload/title`, `the body`. @param message of a validator */
export function expectationOf(subject: string, message: string): string {
  const form = forms.find(([pattern]) => pattern.test(message));
  return form ? `${subject} ${message.replace(form[0], form[1])}` : `${subject} to be valid: ${message}`;
}
