import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds: when it began, and how long its thread computed. */
  readonly ts: number;
  readonly tdur?: number;
}

/**
 * What the page's main thread computes for each frame that it draws while `act` is done, in milliseconds of its own: what
 * else the machine does meanwhile does not count.
 */
export async function frameWork(browser: Browser, page: Page, act: () => Promise<void>): Promise<number[]> {
  await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] });
  await act();
  const trace = await browser.stopTracing();
  const { traceEvents: events } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const drawn = events.filter(({ name }) => name === 'FireAnimationFrame').sort((a, b) => a.ts - b.ts);
  const tasks = events.filter(
    ({ name, pid, tid }) => name === 'RunTask' && pid === drawn[0]?.pid && tid === drawn[0].tid,
  );
  return drawn.slice(1).map(({ ts }, i) => {
    const since = drawn[i]?.ts ?? ts;
    // The task that draws begins before it calls back.
    const own = tasks.filter((task) => task.ts > since && task.ts <= ts);
    return own.reduce((sum, { tdur }) => sum + (tdur ?? 0), 0) / 1_000;
  });
}
