import { Injectable } from '@nestjs/common';
import { MirrorSettings, SuppliersSettings, tiersText, type Tier } from '../../config/index.js';

/** Suppliers whose days may be equally old. */
export interface TierGroup {
  readonly suppliers: readonly string[];
  readonly tiers: readonly Tier[];
}

/** Which tiers hold for the days of a supplier: its own; SYNC_TIERS where it was taken out of SUPPLIERS_FILE. */
@Injectable()
export class SupplierTiers {
  /** SYNC_TIERS. */
  readonly usual: readonly Tier[];
  /** Those of the configured suppliers, by name. */
  readonly configured: ReadonlyMap<string, readonly Tier[]>;

  constructor({ all }: SuppliersSettings, { tiers }: MirrorSettings) {
    this.usual = tiers;
    this.configured = new Map(all.map((supplier) => [supplier.name, supplier.tiers]));
  }

  of(supplier: string): readonly Tier[] {
    return this.configured.get(supplier) ?? this.usual;
  }

  /** The longest max age that holds for any day, milliseconds. */
  get longestMs(): number {
    const all = [this.usual, ...this.configured.values()].flat();
    return Math.max(...all.map(({ maxAgeMs }) => maxAgeMs));
  }

  /** The configured suppliers, and others of these names, by the tiers that hold for them. */
  groups(others: readonly string[]): TierGroup[] {
    const groups = new Map<string, TierGroup>();
    for (const name of new Set([...this.configured.keys(), ...others])) {
      const tiers = this.of(name);
      const key = tiersText(tiers);
      groups.set(key, { tiers, suppliers: [...(groups.get(key)?.suppliers ?? []), name] });
    }
    return [...groups.values()];
  }
}
