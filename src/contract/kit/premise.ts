// What a scenario is built on must be there: without it the case ends as an error of the run, never as a pass.

/** @param what is needed, as a noun: `a connected device`. @throws Error that names it */
export function premise<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`The scenario has not got ${what}, which it needs.`);
  return value;
}
