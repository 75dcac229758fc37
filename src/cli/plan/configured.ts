import { HttpService } from '@nestjs/axios';
import { readFileSync } from 'node:fs';
import { ConfigModule, type Tier } from '../../config/index.js';
import { SupplierModule, Suppliers } from '../../supplier/index.js';
import { SystemClock } from '../../time/index.js';

/** A supplier of a server that would start here, as far as a plan needs it. */
export interface Configured {
  readonly name: string;
  readonly experiences: number;
  readonly requestsPerMinute: number;
  readonly tiers: readonly Tier[];
  readonly datesPerRequest: number;
}

export interface ConfiguredMirror {
  readonly suppliers: readonly Configured[];
  /** Null: the variables of one supplier are used. */
  readonly file: string | null;
  /** SYNC_TIERS. */
  readonly tiers: readonly Tier[];
}

const NEEDED = ['SUPPLIERS_FILE', 'EXPERIENCES', 'SUPPLIER_REQUESTS_PER_MINUTE', 'SYNC_TIERS'];
const KEY = 'not-used';

/**
 * Reads only these settings: a plan needs no key and no database.
 * @throws EnvironmentError
 */
export async function configured(): Promise<ConfiguredMirror> {
  const { mirror, suppliers } = await ConfigModule.settings({ overrides: withoutOthers });
  const needs = { http: new HttpService(), clock: new SystemClock() };
  const all = Suppliers.create(suppliers, await SupplierModule.apis(), needs).all.map(({ name, settings, client }) => ({
    ...{ name, experiences: settings.experiences.length, requestsPerMinute: settings.requestsPerMinute },
    ...{ tiers: settings.tiers, datesPerRequest: client.daysPerRequest },
  }));
  return { suppliers: all, file: suppliers.file, tiers: mirror.tiers };
}

/** What SUPPLIERS_FILE names may be more than a key, so it is used where it is set. */
function withoutOthers(given: Readonly<Record<string, unknown>>): Record<string, string> {
  const named = namesIn(given['SUPPLIERS_FILE']);
  const others = Object.keys(given).filter((key) => !NEEDED.includes(key) && !named.includes(key));
  const missing = named.filter((name) => typeof given[name] !== 'string' || given[name] === '');
  return {
    ...Object.fromEntries(others.map((key) => [key, ''])),
    ...Object.fromEntries(['TICKETE_API_KEY', ...missing].map((key) => [key, KEY])),
  };
}

/** The variables that a SUPPLIERS_FILE names. A file that can't be read is reported by the configuration. */
function namesIn(file: unknown): string[] {
  if (typeof file !== 'string' || file === '') return [];
  try {
    return [...readFileSync(file, 'utf8').matchAll(/\$\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);
  } catch {
    return [];
  }
}
