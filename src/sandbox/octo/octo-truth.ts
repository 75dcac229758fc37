import type { MovingTruth } from '../moving-truth.js';
import type { Product } from '../product.js';
import { slotsOf } from '../truth.js';
import { leapSlots } from './leap-slots-of-day.js';
import { numberOf, type OctoOption, type OctoProduct, octoProduct } from './octo-product.js';
import type { OctoSlot } from './octo-slot.js';
import { octoSlots } from './octo-slots.js';
import { offsetAt } from './zone.js';

/**
 * What OCTO would answer for a day of an option at that instant, with prices. Nothing is remembered between two calls: the
 * arguments decide it all.
 */
export function octoSlotsOf(product: Product, optionId: string, date: string, now: number, seed: number): OctoSlot[] {
  const sold = octoProduct(product);
  const option = sold.options.find(({ id }) => id === optionId);
  if (option === undefined) throw new RangeError(`${sold.id} has no option ${optionId}`);
  return octoSlots(sold, option, slotsOf(product, date, leapInstant(now, sold.timeZone), seed), now);
}

/** The truth that Leap answers, in the products, options and slots of OCTO; days that were set by hand too. */
export class OctoTruth {
  constructor(private readonly truth: MovingTruth) {}

  /** The instant of the truth, which may run ahead of the clock. */
  now(): number {
    return this.truth.now();
  }

  products(): OctoProduct[] {
    return this.truth.products().map(octoProduct);
  }

  product(id: string): OctoProduct | undefined {
    const known = this.truth.product(numberOf(id) ?? NaN);
    return known === undefined ? undefined : octoProduct(known);
  }

  slots(sold: OctoProduct, option: OctoOption, date: string, now: number): OctoSlot[] {
    const answer = this.truth.at(sold.product.id, date, leapInstant(now, sold.timeZone));
    return octoSlots(sold, option, leapSlots(answer), now);
  }
}

/** Leap's truth runs on Singapore's clock. In another zone a day is the same when clocks there show the same. */
function leapInstant(now: number, timeZone: string): number {
  return now + offsetAt(now, timeZone) - offsetAt(now, 'Asia/Singapore');
}
