// Rewrites a validator's message as an expectation: `must be a string` at /id becomes `/id to be a string`.

const forms: readonly (readonly [RegExp, string])[] = [
  [/^must not /, 'not to '],
  [/^must /, 'to '],
  [/^is required/, 'to be given'],
  [/^is not (known here|allowed)$/, 'not to be given'],
  [/^is the same member as (\S+),/, 'not to be sent beside $1,'],
  [/^is not /, 'to be '],
  [/^is /, 'to be '],
  [/^needs /, 'to have '],
  [/^lacks /, 'to have '],
  [/^matches no alternative$/, 'to match one of the alternatives'],
];

/** @param subject what the message is about, e.g. `/payload/title` or `the body` @param message a validator's message */
export function expectationOf(subject: string, message: string): string {
  const form = forms.find(([pattern]) => pattern.test(message));
  return form ? `${subject} ${message.replace(form[0], form[1])}` : `${subject} to be valid: ${message}`;
}
