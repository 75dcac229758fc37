import type { BrowserContext } from 'playwright-core';
import type { TestClock } from './test-clock.js';

/**
 * Sets the clock of the context's pages by the application's, from where it runs on. So what they say depends on the test's
 * clock, and not on the hour at which the test runs.
 */
export async function setPageClock(context: BrowserContext, clock: TestClock): Promise<void> {
  const aheadMs = clock.now().getTime() - Date.now();
  await context.addInitScript(`{
    const Real = Date;
    globalThis.Date = class Date extends Real {
      constructor(...parts) {
        if (parts.length > 0) super(...parts);
        else super(Real.now() + ${aheadMs});
      }
      static now() {
        return Real.now() + ${aheadMs};
      }
    };
  }`);
}
