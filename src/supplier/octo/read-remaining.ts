import { readCount } from '../reading/read-numbers.js';
import { readFlag } from '../reading/read-texts.js';
import { fieldOf, isAbsent, isBlank, type Place, type SlotReading } from '../reading/slot-reading.js';

const CLOSED = ['SOLD_OUT', 'CLOSED'];

/**
 * The places left; null: unlimited. `available: false` wins over the status, and the status over `vacancies`.
 * @param sentAt when the request was sent. A slot whose cutoff lies before can't be booked any more
 */
export function readRemaining(reading: SlotReading, item: Place, sentAt: Date): number | null {
  const status = statusOf(item);
  const available = fieldOf(item, 'available');
  if (!isAbsent(available.value) && !readFlag(reading, available)) return 0;
  if (CLOSED.includes(status) || isPastCutoff(reading, fieldOf(item, 'utcCutoffAt'), sentAt)) return 0;
  if (status === 'FREESALE') return null;
  if (isAbsent(available.value) && !['AVAILABLE', 'LIMITED'].includes(status))
    return reading.refuse(available, `expected true or false, or a known status; got ${reading.quote(status)}`);
  return readVacancies(reading, item, status);
}

/**
 * A slot that can be booked, with no number of places anywhere, is one that the supplier does not count. With a capacity, or
 * with a status that says that few are left, there is a number, but it is unknown which one.
 */
function readVacancies(reading: SlotReading, item: Place, status: string): number | null {
  const vacancies = fieldOf(item, 'vacancies');
  if (!isBlank(vacancies.value)) return readCount(reading, vacancies);
  const capacity = fieldOf(item, 'capacity');
  if (status === 'LIMITED' || !isBlank(capacity.value))
    return reading.refuse(
      vacancies,
      `no number of places, but they are limited (${limitOf(reading, capacity, status)})`,
    );
  reading.note('missing_count', vacancies, 'was read as unlimited: the slot can be booked, and has no capacity');
  return null;
}

function limitOf(reading: SlotReading, capacity: Place, status: string): string {
  return isBlank(capacity.value) ? `status ${status}` : `capacity ${reading.quote(capacity.value)}`;
}

function isPastCutoff(reading: SlotReading, place: Place, sentAt: Date): boolean {
  if (isBlank(place.value)) return false;
  const ms = typeof place.value === 'string' ? Date.parse(place.value) : NaN;
  // Without an offset it would be a time of this server's zone.
  if (!Number.isNaN(ms) && /(Z|[+-]\d\d:?\d\d)$/i.test(String(place.value).trim())) return ms <= sentAt.getTime();
  reading.note('unreadable_cutoff', place, 'is no instant; it is ignored');
  return false;
}

function statusOf(item: Place): string {
  const { value } = fieldOf(item, 'status');
  return typeof value === 'string' ? value.trim().toUpperCase() : '';
}
