export { Clock, SystemClock } from './clock.js';
export {
  addDays,
  datesFrom,
  daysBetween,
  fromDatabaseDate,
  localDateAt,
  parseLocalDate,
  startOfDate,
  toDatabaseDate,
  type LocalDate,
} from './local-date.js';
export { TimeModule } from './time.module.js';
