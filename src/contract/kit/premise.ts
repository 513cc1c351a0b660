// What a scenario requires to exist: if it is missing, the case ends as an error of the run, never as a pass.

/** @param what is needed, as a noun: `a connected device`. @throws Error that names it */
export function premise<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`The scenario needs ${what}, which does not exist. This is an error of the suite.`);
  return value;
}
