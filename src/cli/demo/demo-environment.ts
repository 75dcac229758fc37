import { join } from 'node:path';

/**
 * The environment of the demo: that of the caller, but never a real database and never a real supplier. Its data has a
 * folder of its own, so that what the sandbox invents is never served as a real supplier's.
 */
export function demoEnvironment(
  given: Readonly<Record<string, unknown>>,
  sandbox: { readonly url: string; readonly experiences: readonly number[] },
): Record<string, string> {
  const dataDir = typeof given['DATA_DIR'] === 'string' && given['DATA_DIR'] !== '' ? given['DATA_DIR'] : '.data';
  return {
    NODE_ENV: 'development',
    DATABASE_URL: '',
    POSTGRES_PRISMA_URL: '',
    DATA_DIR: join(dataDir, 'demo'),
    WEB_CONCURRENCY: '1',
    SUPPLIER_URL: sandbox.url,
    TICKETE_API_KEY: 'sandbox',
    SUPPLIER_REQUESTS_PER_MINUTE: '30',
    EXPERIENCES: sandbox.experiences.join(),
  };
}
