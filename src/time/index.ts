export { Clock, SystemClock, type MachineClocks } from './clock.js';
export {
  addDays,
  datesFrom,
  daysBetween,
  earliestToday,
  fromDatabaseDate,
  instantAt,
  localDateAt,
  localDayAt,
  localTimeAt,
  parseLocalDate,
  startOfDate,
  toDatabaseDate,
  type LocalDate,
  type LocalDay,
} from './local-date.js';
export { LoggedLately } from './logged-lately.js';
export { Every, PeriodicJobs, type PeriodicJob, type Period } from './periodic-jobs.js';
export { withTimeLimit } from './time-limit.js';
export { TimeModule } from './time.module.js';
