import { fragment } from '../../prisma/index.js';
import { calendarEntry } from '../closings.js';
import type { DayDocument } from '../day-document.js';
import type { Confirmation, DayKey } from '../day-key.js';

/** The columns that every recorded answer sets beside the document: the summary, and the given scheduling columns. */
export function summaryColumns(key: DayKey, at: Confirmation, answer: DayDocument) {
  const { openSlots, remaining, price } = answer.summary;
  const oddities = at.oddities.length === 0 ? null : JSON.stringify(at.oddities);
  return fragment`
    open_slots = ${openSlots}, remaining = ${remaining},
    final_price = ${decimal(price?.finalPrice)}::numeric, original_price = ${decimal(price?.originalPrice)}::numeric,
    discount = ${decimal(price?.discount)}::numeric, currency_code = ${price?.currencyCode ?? null},
    calendar_entry = ${calendarEntry(key.date, answer.summary)}, closings = ${answer.closings}, short_slots = ${answer.short},
    last_start = ${answer.lastStart},
    dropped_slots = ${answer.dropped}, oddities = ${oddities}::json,
    ${at.scheduling}`;
}

/** Money is sent as text, because a float parameter would get digits that the supplier never wrote. */
function decimal(amount: number | null | undefined): string | null {
  return amount === undefined || amount === null ? null : String(amount);
}
