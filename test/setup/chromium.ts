import { existsSync } from 'node:fs';
import { chromium as playwright, type Browser } from 'playwright-core';

const INSTALLED = '/usr/bin/chromium';

/**
 * A browser: the one in CHROMIUM_PATH, an installed one, or the one that comes as a package (Linux only). Undefined where
 * none can be had; in CI that is a failure.
 */
export async function launchChromium(): Promise<Browser | undefined> {
  const given = process.env['CHROMIUM_PATH'];
  const installed = given ?? (existsSync(INSTALLED) ? INSTALLED : undefined);
  // The tests' own pages, in a container that may run as root: there is no other sandbox to be had.
  const args = ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'];
  try {
    if (installed !== undefined) return await playwright.launch({ executablePath: installed, args });
    const { default: packaged } = await import('@sparticuz/chromium');
    return await playwright.launch({
      executablePath: await packaged.executablePath(),
      args,
    });
  } catch (error) {
    if (process.env['CI']) throw error;
    process.stderr.write(`no browser tests: ${String(error)}\nSet CHROMIUM_PATH to a Chromium to have them run.\n`);
    return undefined;
  }
}
