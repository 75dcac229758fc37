import type { Proxy } from './proxy.js';
import type { Tier } from './tiers.js';

/** A product of a supplier that is mirrored from the start. */
export interface ConfiguredExperience {
  /** Ours. */
  readonly id: number;
  /** The supplier's. */
  readonly product: string;
  readonly option: string | null;
  /** IANA; null: DEFAULT_TIME_ZONE. */
  readonly timeZone: string | null;
}

/** One supplier. */
export interface SupplierSettings {
  /** Ours; unique. */
  readonly name: string;
  /** The API that it speaks: the name of a folder in `src/supplier`. */
  readonly api: string;
  /** The root of the API, without a slash at the end. */
  readonly url: string;
  readonly apiKey: string;
  readonly requestsPerMinute: number;
  /** The limit of a whole exchange. */
  readonly timeoutMs: number;
  /** What its requests go through; null: nothing. */
  readonly proxy: Proxy | null;
  /** IANA: of products that name none themselves; null: DEFAULT_TIME_ZONE. */
  readonly timeZone: string | null;
  /** How old its days may be: its own, or those of SYNC_TIERS. */
  readonly tiers: readonly Tier[];
  /** These are put into the catalogue when missing. */
  readonly experiences: readonly ConfiguredExperience[];
  /** Part of the address that the supplier sends notifications to; null: it sends none. */
  readonly notificationSecret: string | null;
  /** Entries that only its API knows, as they stand in SUPPLIERS_FILE. */
  readonly own: Readonly<Record<string, unknown>>;
}

/** All suppliers that are mirrored, at least one; their names differ. */
export class SuppliersSettings {
  /** @param file the path of SUPPLIERS_FILE; null: the variables of one supplier are used */
  constructor(
    readonly all: readonly SupplierSettings[],
    readonly file: string | null,
  ) {}

  /** The longest timeout, milliseconds. */
  get longestTimeoutMs(): number {
    return Math.max(...this.all.map(({ timeoutMs }) => timeoutMs));
  }
}
