// Reads ISO 8601 durations of a fixed length (weeks, days, hours, minutes, seconds).

const pattern = /^P(?=.)(?:(\d+)W|(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?)$/;
const unitsMs = [604_800_000, 86_400_000, 3_600_000, 60_000, 1000] as const;
const unitNames = ['week', 'day', 'hour', 'minute', 'second'] as const;

/** Milliseconds; undefined when it is no duration, or one of years or months, whose length varies. */
export function durationMs(text: string): number | undefined {
  const amounts = pattern.exec(text)?.slice(1);
  return amounts?.reduce((sum, amount, index) => sum + Number(amount ?? 0) * (unitsMs[index] ?? 0), 0);
}

/** As a person says it: `P30D` is "30 days". */
export function durationText(text: string): string {
  const amounts = pattern.exec(text)?.slice(1);
  if (!amounts) return text;
  const said = amounts.map((amount, index) => (amount === undefined ? '' : `${amount} ${unitNames[index]}${amount === '1' ? '' : 's'}`));
  return said.filter((part) => part !== '').join(' ');
}
