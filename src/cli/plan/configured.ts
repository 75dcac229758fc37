import { ConfigModule, type Tier } from '../../config/index.js';

/** The settings of a server that would start here, as far as a plan needs them. */
export interface Configured {
  readonly experiences: number;
  readonly budget: number;
  readonly tiers: readonly Tier[];
}

const NEEDED = ['EXPERIENCES', 'SUPPLIER_REQUESTS_PER_MINUTE', 'SYNC_TIERS'];

/**
 * Reads only these settings: a plan needs no key and no database.
 * @throws EnvironmentError
 */
export async function configured(): Promise<Configured> {
  const others = (given: Readonly<Record<string, unknown>>) =>
    Object.keys(given).filter((key) => !NEEDED.includes(key));
  const { mirror, suppliers } = await ConfigModule.settings({
    overrides: (given) => ({
      ...Object.fromEntries(others(given).map((key) => [key, ''])),
      TICKETE_API_KEY: 'not-used',
    }),
  });
  const [supplier] = suppliers.all;
  return {
    experiences: supplier?.experiences.length ?? 0,
    budget: supplier?.requestsPerMinute ?? 0,
    tiers: mirror.tiers,
  };
}
