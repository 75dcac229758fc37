import type { Oddity } from '../../inventory/oddity.shape.js';
import type { Slot } from '../../inventory/slot.shape.js';
import type { DayDetail } from '../../sync/monitoring/day-detail.shape.js';
import { el } from './dom.js';
import { money } from './format.js';
import { leftText, paxText, slotsCount, slotsTitle, timesText } from './slot-text.js';

/** The slots of a day as they are served, and what was odd about the answer that they come from. */
export function slotList({ slots, droppedSlots, oddities }: DayDetail): HTMLElement[] {
  return [el('h3', { text: slotsTitle(slots, droppedSlots) }), ...oddityList(oddities), ...(slots ?? []).map(slotLine)];
}

function oddityList(oddities: readonly Oddity[]): HTMLElement[] {
  if (oddities.length === 0) return [];
  const items = oddities.map(({ code, detail, slots }) =>
    el('li', {}, el('code', { text: code }), ` ${detail} (${slotsCount(slots)})`),
  );
  return [el('p', { class: 'soft', text: 'Odd in the supplier’s last answer:' }), el('ul', { class: 'odd' }, ...items)];
}

function slotLine(slot: Slot): HTMLElement {
  const pax = slot.paxAvailability.flatMap((type) => [
    el('span', { text: [type.name ?? type.type, type.description].filter(Boolean).join(', ') }),
    el('span', { text: paxText(type) }),
    el('span', { text: money(type.price) }),
  ]);
  return el(
    'div',
    { class: slot.remaining === 0 ? 'slot out' : 'slot' },
    el(
      'div',
      { class: 'slot-line' },
      el('b', { text: timesText(slot.startTime, slot.endTime) }),
      slot.variantId !== null && el('span', { class: 'soft', text: `variant ${slot.variantId}` }),
      el('span', { text: leftText(slot.remaining) }),
      el('span', { text: money(slot.price) }),
    ),
    el('div', { class: 'pax' }, ...pax),
  );
}
