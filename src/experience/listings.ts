import { Injectable } from '@nestjs/common';
import { SuppliersSettings } from '../config/index.js';
import { ApiProblem } from '../http/index.js';
import { Catalogue } from './catalogue.js';
import type { Listing } from './catalogue-entry.js';

type Named = Readonly<Partial<Record<keyof Listing, string | null>>>;

/** Which product of which supplier an experience mirrors. */
@Injectable()
export class Listings {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly settings: SuppliersSettings,
  ) {}

  /**
   * The listing of a known experience, or of one to be added.
   * @param named what the request says
   * @throws ApiProblem if it contradicts what is known, or names no configured supplier
   */
  async of(id: number, named: Named): Promise<Listing> {
    const known = await this.catalogue.find(id);
    if (known) return this.unchanged(id, known, named);
    const names = this.settings.all.map(({ name }) => name);
    const supplier = named.supplier ?? (names.length === 1 ? names[0] : undefined);
    if (supplier === undefined || !names.includes(supplier)) {
      const said = named.supplier === undefined ? 'is missing' : `"${named.supplier}" is not configured`;
      throw new ApiProblem('INVALID_REQUEST', `supplier: ${said}; write ${names.join(' or ')}.`);
    }
    const listing = { supplier, product: named.product ?? String(id), option: named.option ?? null };
    const other = await this.catalogue.mirroring(listing);
    if (other !== undefined && other !== id) {
      throw new ApiProblem('INVALID_REQUEST', `The experience ${other} mirrors this product of ${supplier} already.`);
    }
    return listing;
  }

  private unchanged(id: number, { supplier, product, option }: Listing, named: Named): Listing {
    const known = { supplier, product, option };
    for (const key of ['supplier', 'product', 'option'] as const) {
      if (named[key] === undefined || named[key] === known[key]) continue;
      const detail = `${key}: the experience ${id} has ${JSON.stringify(known[key])}, which never changes. Remove it and add another.`;
      throw new ApiProblem('INVALID_REQUEST', detail);
    }
    return known;
  }
}
