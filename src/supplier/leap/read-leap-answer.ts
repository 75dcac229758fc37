import type { Oddity, SuppliedSlot } from '../../inventory/index.js';
import type { Mask } from '../../secrets/index.js';
import { SupplierFailure } from '../supplier-error.js';
import { collectOddities } from '../reading/collect-oddities.js';
import { rememberingMask } from '../reading/remembering-mask.js';
import { parseSentJson } from '../reading/sent-json.js';
import { leftOut, settleListed, type ListedSlot } from '../reading/listed-slots.js';
import { isSlotLike, readSlot, readSlotKey } from '../reading/read-slot.js';
import { paxGroupOf } from './pax-group.js';
import { quote, SlotOfOtherDate, SlotReading, UnreadableSlot, type RequestedDay } from '../reading/slot-reading.js';

/** More slots than any day has. A longer list is rejected before it is read. */
const MOST_SLOTS = 2_000;

/** The content of a list of slots. */
export interface LeapAnswer {
  readonly slots: SuppliedSlot[];
  readonly oddities: Oddity[];
  /** The number of listed slots that are left out. */
  readonly dropped: number;
}

/**
 * Reads the body of an inventory answer slot by slot. Each field is taken in its one sane reading. A slot with a field that
 * has none is left out, and the others are kept.
 * @throws SupplierFailure `bad_answer` if the body is not a list of slots
 */
export function readLeapAnswer(body: string, asked: RequestedDay, mask: Mask): LeapAnswer {
  const list = listOf(parsed(body, mask), mask);
  const remembering = rememberingMask(mask);
  const settled = settleListed(
    list.map((value, index) => readListed(value, index, asked, remembering)),
    mask,
  );
  return {
    slots: settled.flatMap(({ slot }) => slot ?? []),
    oddities: collectOddities(settled.map(({ notes }) => notes)),
    dropped: settled.filter(({ slot }) => slot === null).length,
  };
}

function readListed(value: unknown, index: number, asked: RequestedDay, mask: Mask): ListedSlot {
  const reading = new SlotReading(asked, mask);
  const place = { value, path: `[${index}]` };
  try {
    return { index, slot: readSlot(reading, place, paxGroupOf), notes: [...reading.notes.values()] };
  } catch (error) {
    if (!(error instanceof UnreadableSlot)) throw error;
    // Oddities of a slot that is left out do not matter any more.
    return leftOut(index, error.message, error instanceof SlotOfOtherDate ? null : readSlotKey(reading, place));
  }
}

function parsed(body: string, mask: Mask): unknown {
  try {
    return parseSentJson(body);
  } catch (error) {
    throw bad(error instanceof RangeError ? 'it is nested too deeply' : `not JSON: ${quote(body, mask)}`);
  }
}

function listOf(answer: unknown, mask: Mask): readonly unknown[] {
  if (!Array.isArray(answer)) throw bad(`expected a list of slots, got ${quote(answer, mask)}`);
  if (answer.length > MOST_SLOTS) throw bad(`${answer.length} slots in one day`);
  if (answer.length > 0 && !answer.some(isSlotLike))
    throw bad(`expected slots, got a list of ${answer.length} without any; the first is ${quote(answer[0], mask)}`);
  return answer;
}

function bad(detail: string): SupplierFailure {
  return new SupplierFailure('bad_answer', detail);
}
