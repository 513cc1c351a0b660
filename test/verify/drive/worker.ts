// A share of the walk in a process of its own: one line of JSON for each outcome. Arguments: which share, of how many.
import { createDriver, drivenLocations } from './drive.ts';

const [share = 0, of = 1] = process.argv.slice(2).map(Number);
const locations = drivenLocations().filter((_, index) => index % of === share);
const driver = await createDriver();
for (const location of locations) {
  for (const outcome of await driver.drive(location)) process.stdout.write(`${JSON.stringify(outcome)}\n`);
}
driver.close();
