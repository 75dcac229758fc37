import { Injectable } from '@nestjs/common';
import { Catalogue, DatabaseZones, type NewExperience } from '../../experience/index.js';
import type { Actor } from '../../http/index.js';
import type { ListedProduct, Supplier } from '../../supplier/index.js';
import { ProductLists } from './product-lists.js';
import type { ImportReport } from './supplier.shape.js';

interface Named {
  readonly product: string;
  readonly option?: string | null;
}

/** Adds products of a supplier to the catalogue. */
@Injectable()
export class ProductImport {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly lists: ProductLists,
    private readonly zones: DatabaseZones,
  ) {}

  /** @param named the products to import; null: all that the supplier lists. Known ones stay as they are. */
  async run(actor: Actor, supplier: Supplier, named: readonly Named[] | null): Promise<ImportReport> {
    const listed = named?.length === 0 ? [] : await this.lists.read(supplier);
    const { found, unknown } = chosen(named, listed);
    const zone = supplier.settings.timeZone;
    const known = await this.zoneNames(found);
    const added = await this.catalogue.import(
      actor,
      supplier.name,
      found.map((product) => ({ ...product, timeZone: known.get(product.timeZone ?? '') ?? zone })),
    );
    return { experiences: added, unknown };
  }

  /** The zones of products under the names by which the database knows them. Their own may be newer or older than its time zone data. */
  private async zoneNames(products: readonly NewExperience[]): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    for (const { timeZone } of products) {
      if (timeZone !== null && !names.has(timeZone)) names.set(timeZone, await this.zones.knownAs(timeZone));
    }
    return names;
  }
}

/** @param listed null: the supplier has no list, so any id may exist */
export function chosen(
  named: readonly Named[] | null,
  listed: readonly ListedProduct[] | null,
): { readonly found: readonly NewExperience[]; readonly unknown: ImportReport['unknown'] } {
  if (named === null) return { found: listed ?? [], unknown: [] };
  const byKey = new Map((listed ?? []).map((product) => [keyOf(product), product]));
  const found: NewExperience[] = [];
  const unknown: Pick<NewExperience, 'product' | 'option'>[] = [];
  for (const { product, option = null } of named) {
    const entry = byKey.get(keyOf({ product, option }));
    if (entry) found.push(entry);
    else if (listed === null) found.push({ product, option, name: null, timeZone: null });
    else unknown.push({ product, option });
  }
  return { found, unknown };
}

function keyOf({ product, option }: Pick<ListedProduct, 'product' | 'option'>): string {
  return JSON.stringify([product, option]);
}
