export { Clock, SystemClock } from './clock.js';
export {
  addDays,
  datesFrom,
  daysBetween,
  fromDatabaseDate,
  localDateAt,
  localDayAt,
  parseLocalDate,
  startOfDate,
  toDatabaseDate,
  type LocalDate,
  type LocalDay,
} from './local-date.js';
export { TimeModule } from './time.module.js';
