import { expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';

const BUILT = fileURLToPath(new URL('../../dist/tick-shape.js', import.meta.url));

/** Prints the least time of a call after garbage collections that find none waiting, in nanoseconds. */
const MEASURE = `
  const calls = 100_000;
  const run = () => new Promise((done) => {
    const from = process.hrtime.bigint();
    let left = calls;
    const tick = () => (left-- > 0 ? process.nextTick(tick, 1) : done(Number(process.hrtime.bigint() - from) / calls));
    process.nextTick(tick);
  });
  const after = [];
  await run();
  for (let round = 0; round < 8; round++) {
    for (let i = 0; i < 3; i++) {
      gc();
      await new Promise((done) => setTimeout(done, 1));
    }
    after.push(await run());
  }
  console.log(Math.min(...after));
`;

async function nanoseconds(before = ''): Promise<number> {
  const args = ['--expose-gc', '--input-type=module', '-e', before + MEASURE];
  return Number((await promisify(execFile)(process.execPath, args)).stdout);
}

it('keeps process.nextTick fast after garbage collections', async () => {
  const kept = await nanoseconds(`await import(${JSON.stringify(BUILT)});`);
  expect(kept).toBeLessThan(0.7 * (await nanoseconds()));
});
