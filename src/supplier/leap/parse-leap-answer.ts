import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { PaxAvailability, SuppliedSlot } from '../../inventory/index.js';
import type { LocalDate } from '../../time/index.js';
import { SupplierFailure } from '../supplier-error.js';
import { LeapSlot, type LeapPax } from './leap-payload.js';

/** More slots than any day has: an answer beyond it is refused before it is looked at. */
const MOST_SLOTS = 2_000;

/**
 * Reads the body of an inventory answer. It is taken as a whole or refused as a whole: a slot that is missing or wrong
 * would be served as truth.
 * @throws SupplierFailure `bad_answer`, saying where and what
 */
export function parseLeapAnswer(body: string, date: LocalDate): SuppliedSlot[] {
  const answer = parseJson(body);
  try {
    return parseSlots(answer, date);
  } catch (error) {
    // Nested deeper than the stack reaches, or odd in a way that nobody thought of: still only a bad answer.
    throw error instanceof SupplierFailure ? error : bad(`it can't be read (${(error as Error).message})`);
  }
}

function parseSlots(answer: unknown, date: LocalDate): SuppliedSlot[] {
  if (!Array.isArray(answer)) throw bad(`expected a list of slots, got ${describe(answer)}`);
  if (answer.length > MOST_SLOTS) throw bad(`${answer.length} slots in one day`);
  const slots = answer.map((slot: unknown, i) => parseSlot(slot, `[${i}]`, date));
  const ids = new Set<string>();
  slots.forEach(({ providerSlotId }, i) => {
    if (ids.has(providerSlotId)) throw bad(`[${i}].providerSlotId: "${providerSlotId}" is listed twice`);
    ids.add(providerSlotId);
  });
  return slots;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw bad(`not JSON: ${JSON.stringify(body.slice(0, 80))}`);
  }
}

function parseSlot(raw: unknown, path: string, date: LocalDate): SuppliedSlot {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    throw bad(`${path}: expected a slot, got ${describe(raw)}`);
  const slot = plainToInstance(LeapSlot, raw);
  const errors = validateSync(slot, { stopAtFirstError: true });
  if (errors[0]) throw bad(path + explain(errors[0]));
  if (slot.startDate !== date) throw bad(`${path}.startDate: asked for ${date}, got ${slot.startDate}`);
  const { startTime, endTime, providerSlotId, variantId, remaining, currencyCode, paxAvailability } = slot;
  return {
    startDate: date,
    startTime,
    endTime,
    providerSlotId,
    variantId,
    remaining,
    currencyCode,
    paxAvailability: paxAvailability.map(toPax),
  };
}

function toPax({ type, name, description, isPrimary, min, max, remaining, price }: LeapPax): PaxAvailability {
  return {
    type,
    name: name ?? null,
    description: description ?? null,
    isPrimary: isPrimary ?? false,
    min,
    max,
    remaining,
    price,
  };
}

/** The path to the first thing that is wrong, and what is wrong there. */
function explain(error: ValidationError): string {
  const step = /^\d+$/.test(error.property) ? `[${error.property}]` : `.${error.property}`;
  const child = error.children?.[0];
  if (child) return step + explain(child);
  const reason = Object.values(error.constraints ?? {})[0] ?? 'is wrong';
  return `${step}: ${reason}, got ${describe(error.value)}`;
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function bad(detail: string): SupplierFailure {
  return new SupplierFailure('bad_answer', detail);
}
