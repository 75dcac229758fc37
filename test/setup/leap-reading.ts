import { expect } from '@jest/globals';
import type { OddityCode, PaxAvailability, SuppliedSlot } from '../../src/inventory/index.js';
import { SupplierFailure } from '../../src/supplier/supplier-error.js';
import { readLeapAnswer, type LeapAnswer } from '../../src/supplier/leap/read-leap-answer.js';
import { ASKED, NO_MASK } from '../fixtures/leap-answers.js';

/** What a body is read as that answers the request of the fixtures. */
export function readBody(body: string, mask = NO_MASK): LeapAnswer {
  return readLeapAnswer(body, ASKED, mask);
}

export function readList(slots: readonly unknown[], mask = NO_MASK): LeapAnswer {
  return readBody(JSON.stringify(slots), mask);
}

/** The only slot of an answer. @param oddity the only one that there is; without it there is none */
export function slotOf(sent: object, oddity?: OddityCode): SuppliedSlot {
  const { slots, oddities, dropped } = readList([sent]);
  expect(oddities.map(({ code, slots: count }) => [code, count])).toEqual(oddity ? [[oddity, 1]] : []);
  expect(dropped).toBe(0);
  const [slot] = slots;
  if (!slot) throw new Error('it was left out');
  return slot;
}

/** Its first pax type. */
export function paxOf(sent: object): PaxAvailability {
  const [pax] = slotOf(sent).paxAvailability;
  if (!pax) throw new Error('it has no pax type');
  return pax;
}

/** What is told of the only slot of an answer, which is left out. */
export function whyDropped(sent: object): string {
  const { slots, oddities, dropped } = readList([sent]);
  expect([slots, dropped, oddities.map(({ code }) => code)]).toEqual([[], 1, ['slot_dropped']]);
  return oddities[0]?.detail ?? '';
}

export function failureOf(body: string, mask = NO_MASK): SupplierFailure {
  try {
    readBody(body, mask);
  } catch (error) {
    expect(error).toBeInstanceOf(SupplierFailure);
    return error as SupplierFailure;
  }
  throw new Error('it was taken');
}

/** What came of it: the answer, or whatever was thrown. */
export function outcomeOf(body: string): unknown {
  try {
    return readBody(body);
  } catch (error) {
    return error;
  }
}
