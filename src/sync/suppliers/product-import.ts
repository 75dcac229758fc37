import { Injectable } from '@nestjs/common';
import { Catalogue, type NewExperience } from '../../experience/index.js';
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
  ) {}

  /** @param named the products to import; null: all that the supplier lists. Known ones stay as they are. */
  async run(actor: Actor, supplier: Supplier, named: readonly Named[] | null): Promise<ImportReport> {
    const listed = named?.length === 0 ? [] : await this.lists.read(supplier);
    const { found, unknown } = chosen(named, listed);
    const zone = supplier.settings.timeZone;
    const added = await this.catalogue.import(
      actor,
      supplier.name,
      found.map((product) => ({ ...product, timeZone: product.timeZone ?? zone })),
    );
    return { experiences: added, unknown };
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
