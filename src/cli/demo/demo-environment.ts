import { join } from 'node:path';

/** What the demo mirrors: one sandbox, spoken to in both APIs. */
export interface DemoSandbox {
  readonly url: string;
  readonly octoUrl: string;
  readonly experiences: readonly number[];
}

/** The supplier of the demo whose products are imported from its list. */
export const OCTO_SUPPLIER = 'harbour';

/**
 * The environment of the demo: that of the caller, but never a real database and never a real supplier. Its data has a
 * folder of its own, so that what the sandbox invents is never served as a real supplier's.
 */
export function demoEnvironment(given: Readonly<Record<string, unknown>>): Record<string, string> {
  const dataDir = typeof given['DATA_DIR'] === 'string' && given['DATA_DIR'] !== '' ? given['DATA_DIR'] : '.data';
  const folder = join(dataDir, 'demo');
  return {
    NODE_ENV: 'development',
    DATABASE_URL: '',
    POSTGRES_PRISMA_URL: '',
    DATA_DIR: folder,
    WEB_CONCURRENCY: '1',
    SUPPLIERS_FILE: join(folder, 'suppliers.json'),
  };
}

/** The text of the demo's SUPPLIERS_FILE. */
export function demoSuppliers({ url, octoUrl, experiences }: DemoSandbox): string {
  const suppliers = [
    { name: 'leap', api: 'leap', url, key: 'sandbox', requestsPerMinute: 30, experiences },
    { name: OCTO_SUPPLIER, api: 'octo', url: octoUrl, key: 'sandbox', requestsPerMinute: 65 },
  ];
  return `${JSON.stringify(suppliers, undefined, 2)}\n`;
}
