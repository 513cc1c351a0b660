// Reads ISO 8601 durations of a fixed length (weeks, days, hours, minutes, seconds).

const pattern = /^P(?=.)(?:(\d+)W|(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?)$/;
const unitsMs = [604_800_000, 86_400_000, 3_600_000, 60_000, 1000] as const;
const unitNames = ['week', 'day', 'hour', 'minute', 'second'] as const;

/** Milliseconds. Returns undefined if the text is not a duration, or has years or months, whose length varies. */
export function durationMs(text: string): number | undefined {
  const amounts = pattern.exec(text)?.slice(1);
  return amounts?.reduce((sum, amount, index) => sum + Number(amount ?? 0) * (unitsMs[index] ?? 0), 0);
}

/** In words: `P30D` is "30 days". */
export function durationText(text: string): string {
  const amounts = pattern.exec(text)?.slice(1);
  if (!amounts) return text;
  const parts = amounts.map((amount, index) => (amount === undefined ? '' : `${amount} ${unitNames[index]}${amount === '1' ? '' : 's'}`));
  return parts.filter((part) => part !== '').join(' ');
}
