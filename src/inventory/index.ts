export { calendarEntry, nextClosing, summaryAt } from './closings.js';
export type { DayDifference } from './day-difference.js';
export { CLOSED_FINGERPRINT, dayDocument, fingerprintOf, type DayDocument, type DaySummary } from './day-document.js';
export type { Confirmation, DayKey, DayTurn } from './day-key.js';
export { UNANSWERED, wasAnswered, type FailureKind } from './failure-kind.shape.js';
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
export type { CandidateSearch } from './sql/find-candidates.js';
export { InventoryModule } from './inventory.module.js';
export type { Oddity, OddityCode } from './oddity.shape.js';
export { slotsAt, type SlotsInTime } from './slots-in-time.js';
export type { PaxAvailability, Price, Slot, SuppliedSlot } from './slot.js';
export type { AgesRow } from './sql/measure-ages.js';
export type { DayScope } from './sql/days-in-scope.js';
export type { InspectedRow } from './sql/inspect-day.js';
export { DAY_FLAGS, type DayMapRow } from './sql/map-days.js';
export type { DateCount } from './sql/count-days.js';
export type { FailingProduct, OddProduct } from './sql/list-troubles.js';
export type { DayBounds } from './sql/clamp-days.js';
export type { RatesRow } from './sql/rates-row.js';
export { type SampledRow } from './sql/sample-days.js';
export type { DayOpening } from './sql/open-days.js';
export type { StoredCalendar } from './sql/read-calendar.js';
export type { StoredDay } from './sql/read-day.js';
export { judge, wasOpen, type KnownDay, type Verdict } from './verdict.js';
