import type { Samples } from '../measure.js';
import type { Side } from './side.js';

/** How many of its first requests are looked at. */
const FIRST = 10;
const OPENED_MS = 600_000;

/** A catalogue whose days are not there yet: how long its first requests take, and until all days are open. Seconds. */
export async function timeOpening(side: Side, samples: Samples): Promise<void> {
  const { supplier } = side;
  const before = supplier.requests.length;
  await side.while(async () => {
    const serving = performance.now();
    const since = () => (performance.now() - serving) / 1_000;
    await side.until(`SELECT WHERE NOT EXISTS (SELECT FROM experience WHERE opened_until IS NULL)`, OPENED_MS);
    samples.add(`opened ${side.experiences}`, since());
    while (supplier.requests.length < before + FIRST) await new Promise((resolve) => setTimeout(resolve, 50));
    const at = (n: number) => ((supplier.requests[before + n] ?? NaN) - serving) / 1_000;
    samples.add(`first ${side.experiences}`, at(0));
    samples.add(`tenth ${side.experiences}`, at(FIRST - 1));
  });
}
