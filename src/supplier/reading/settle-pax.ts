import type { PaxAvailability } from '../../inventory/index.js';
import type { Place, SlotReading } from './slot-reading.js';

/** Makes each type occur once, and at most one of them primary. */
export function settlePaxTypes(
  reading: SlotReading,
  place: Place,
  listed: readonly PaxAvailability[],
): PaxAvailability[] {
  return withOnePrimary(reading, place, withoutRepetitions(reading, place, listed));
}

function withoutRepetitions(
  reading: SlotReading,
  { path }: Place,
  listed: readonly PaxAvailability[],
): PaxAvailability[] {
  const known = new Map<string, PaxAvailability>();
  for (const [i, pax] of listed.entries()) {
    const first = known.get(pax.type);
    if (!first) known.set(pax.type, pax);
    else if (JSON.stringify(first) !== JSON.stringify(pax)) {
      const at: Place = { value: pax.type, path: `${path}[${i}].type` };
      reading.note('duplicate_pax_type', at, 'is listed twice; the first was taken, with the lesser remaining');
      known.set(pax.type, { ...first, remaining: lesser(first.remaining, pax.remaining) });
    }
  }
  return [...known.values()];
}

/** Null: unlimited. */
function lesser(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function withOnePrimary(
  reading: SlotReading,
  { path }: Place,
  paxTypes: readonly PaxAvailability[],
): PaxAvailability[] {
  const primary = paxTypes.find((pax) => pax.isPrimary);
  const count = paxTypes.filter((pax) => pax.isPrimary).length;
  if (!primary || count === 1) return [...paxTypes];
  const at: Place = { value: primary.type, path };
  reading.note('several_primaries', at, `is the first of ${count} primary pax types; it alone was taken as primary`);
  return paxTypes.map((pax) => ({ ...pax, isPrimary: pax === primary }));
}
