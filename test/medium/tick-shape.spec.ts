import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const TICK_SHAPE = new URL('../../dist/engine/tick-shape.js', import.meta.url);

/** When all that the start left behind was collected. */
const COMPARE = `
  import { executionAsyncResource } from 'node:async_hooks';
  import { setTimeout as sleep } from 'node:timers/promises';
  import { keptTick } from ${JSON.stringify(TICK_SHAPE.href)};
  await sleep(10);
  gc();
  await new Promise((resolve) => {
    process.nextTick(() => resolve(process.stdout.write(String(%HaveSameMap(keptTick, executionAsyncResource())))));
  });
`;

describe('the tick that is kept', () => {
  it('has the shape of those that come', async () => {
    const args = ['--allow-natives-syntax', '--expose-gc', '--input-type=module', '--eval', COMPARE];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(stdout).toBe('true');
  });
});
