/** A time as it is written, before interpretation. */
export interface SpelledTime {
  /** `YYYY-MM-DD`, whether or not this date exists; undefined: no date. */
  readonly date: string | undefined;
  /** Since midnight. */
  readonly minutes: number;
  /** The offset of the zone, minutes east of UTC; undefined: no zone. */
  readonly offset: number | undefined;
}

/** A time on the next date may be counted from the previous date: 25:30. */
const MOST_HOURS = 47;

/** The year must come first, because the month of `01/12/2026` is ambiguous. */
const DATE = String.raw`(?<year>\d{4})(?:(?<mark>[-/.])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})|(?<monthDay>\d{4}))`;
/** Seconds must be zero. Minutes may be absent only with `am` or `pm`, which shows that it is a time. */
const TIME = String.raw`(?<hours>\d{1,2})(?::(?<minutes>[0-5]\d)(?::00(?:\.0+)?)?)?(?: ?(?<half>[ap])(?:m|\.m\.))?`;
const ZONE = String.raw` ?(?:(?<utc>Z)|(?<sign>[+-])(?<east>\d{2})(?::?(?<eastMinutes>[0-5]\d))?)`;

const PLAIN_DATE = new RegExp(`^${DATE}$`);
const SPELLING = new RegExp(`^(?:${DATE}[T ]|T)?${TIME}(?:${ZONE})?$`, 'i');

type Parts = Readonly<Record<string, string | undefined>>;

export function spelledTime(value: unknown): SpelledTime | undefined {
  const parts = partsOf(SPELLING, value);
  const hours = parts && hoursOf(parts);
  if (!parts || hours === undefined) return undefined;
  return { date: dateOf(parts), minutes: hours * 60 + Number(parts['minutes'] ?? 0), offset: offsetOf(parts) };
}

/** A date, at midnight if no time is given. */
export function spelledDate(value: unknown): SpelledTime | undefined {
  const parts = partsOf(PLAIN_DATE, typeof value === 'number' ? String(value) : value);
  return parts ? { date: dateOf(parts), minutes: 0, offset: undefined } : spelledTime(value);
}

function partsOf(spelling: RegExp, value: unknown): Parts | undefined {
  return typeof value === 'string' ? spelling.exec(value.trim())?.groups : undefined;
}

function dateOf({ year, month, day, monthDay }: Parts): string | undefined {
  if (year === undefined) return undefined;
  const [m, d] = monthDay === undefined ? [month, day] : [monthDay.slice(0, 2), monthDay.slice(2)];
  return `${year}-${m?.padStart(2, '0')}-${d?.padStart(2, '0')}`;
}

/** 12 AM is midnight, 12 PM is noon. */
function hoursOf({ hours, minutes, half }: Parts): number | undefined {
  const number = Number(hours);
  if (half === undefined) return minutes !== undefined && number <= MOST_HOURS ? number : undefined;
  if (number < 1 || number > 12) return undefined;
  return (number % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function offsetOf({ utc, sign, east, eastMinutes }: Parts): number | undefined {
  if (utc !== undefined) return 0;
  if (sign === undefined) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(east) * 60 + Number(eastMinutes ?? 0));
}
