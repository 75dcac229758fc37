export type { DayDifference } from './day-difference.js';
export { CLOSED_FINGERPRINT, dayDocument, fingerprintOf, type DayDocument, type DaySummary } from './day-document.js';
export type { Confirmation, DayKey, DayTurn } from './day-key.js';
export { onLeaseNotice, type LeaseNotice } from './lease-notice.js';
export { onDayNotice, type DayNotice } from './day-notice.js';
export { DayReader } from './day.reader.js';
export {
  DayRepository,
  type CandidateDay,
  type ClaimedDay,
  type PlannedDay,
  type Recorded,
  type Wish,
} from './day.repository.js';
export { InventoryModule } from './inventory.module.js';
export type { PaxAvailability, Price, Slot, SuppliedSlot } from './slot.js';
export type { AgesRow } from './sql/measure-ages.js';
export type { DayScope } from './sql/days-in-scope.js';
export type { InspectedRow } from './sql/inspect-day.js';
export { DAY_FLAGS, type DayMapRow } from './sql/map-days.js';
export type { DateCount, FailingDay } from './sql/count-days.js';
export type { RatesRow } from './sql/rates-row.js';
export { type SampledRow } from './sql/sample-days.js';
export type { DayOpening } from './sql/open-days.js';
export type { StoredCalendar } from './sql/read-calendar.js';
export type { StoredDay } from './sql/read-day.js';
export { judge, type KnownDay, type Verdict } from './verdict.js';
