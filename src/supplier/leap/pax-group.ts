import { paxCategoryOf } from '../reading/pax-category.js';
import type { PaxGroup } from '../reading/read-listed-pax.js';

/** Who a pax type of Leap is for: `ADULT_12~99` is an adult of 12 to 99 years. What the text does not say is null. */
export function paxGroupOf(type: string): PaxGroup {
  const [, word = '', from, to] = /^([a-z]+)(?:_(\d{1,3})~(\d{1,3}))?$/i.exec(type) ?? [];
  const isBand = from !== undefined && to !== undefined && Number(from) <= Number(to);
  return {
    category: paxCategoryOf(word),
    minAge: isBand ? Number(from) : null,
    maxAge: isBand ? Number(to) : null,
  };
}
