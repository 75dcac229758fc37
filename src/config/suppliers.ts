import { readFileSync } from 'node:fs';
import { parseRequestsPerMinute, parseTimeout, type Environment } from './environment.js';
import { proxyFor, proxyProblem } from './proxy.js';
import { SuppliersSettings, type SupplierSettings } from './supplier-settings.js';
import { readSuppliersFile } from './suppliers-file.js';
import { parseTiers, type Tier } from './tiers.js';
import { parseHttpUrl, parseIds } from './values.js';

/**
 * The suppliers: those of SUPPLIERS_FILE, or the one of the variables TICKETE_API_KEY, SUPPLIER_… and EXPERIENCES.
 * @param raw all variables, which the file may name
 * @param problems whatever is wrong is added here
 */
export function suppliersOf(
  env: Environment,
  raw: Readonly<Record<string, unknown>>,
  problems: string[],
): SuppliersSettings {
  const { SUPPLIERS_FILE: file } = env;
  if (file === undefined) {
    if (env.TICKETE_API_KEY === '') problems.push(KEY_IS_MISSING);
    const proxy = proxyProblem(env.SUPPLIER_URL);
    if (proxy !== null) problems.push(proxy);
    // Wrong values have been noted already.
    return problems.length > 0 ? new SuppliersSettings([], null) : new SuppliersSettings([soleSupplier(env)], null);
  }
  const text = textOf(file, problems);
  if (text === null) return new SuppliersSettings([], file);
  const read = readSuppliersFile(text, raw, usualTiers(env));
  problems.push(...read.problems.map((problem) => `SUPPLIERS_FILE ${file}: ${problem}`));
  return new SuppliersSettings(read.suppliers, file);
}

const KEY_IS_MISSING =
  'TICKETE_API_KEY: is missing; set it to the key that the supplier gave you (to try without one: npm run demo)';

function soleSupplier(env: Environment): SupplierSettings {
  const url = parseHttpUrl(env.SUPPLIER_URL);
  return {
    ...{ name: 'leap', api: 'leap', url, apiKey: env.TICKETE_API_KEY },
    requestsPerMinute: parseRequestsPerMinute(env.SUPPLIER_REQUESTS_PER_MINUTE),
    timeoutMs: parseTimeout(env.SUPPLIER_TIMEOUT),
    proxy: proxyFor(url),
    timeZone: null,
    tiers: parseTiers(env.SYNC_TIERS),
    notificationSecret: env.SUPPLIER_NOTIFICATION_SECRET ?? null,
    experiences: parseIds(env.EXPERIENCES).map((id) => ({ id, product: String(id), option: null, timeZone: null })),
    own: {},
  };
}

/** Null: they are wrong, which has been noted already. */
function usualTiers(env: Environment): readonly Tier[] | null {
  try {
    return parseTiers(env.SYNC_TIERS);
  } catch {
    return null;
  }
}

function textOf(file: string, problems: string[]): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    problems.push(`SUPPLIERS_FILE: ${file} can’t be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
    return null;
  }
}
