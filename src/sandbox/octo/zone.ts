const DAY = 86_400_000;
const KNOWN_AT_MOST = 10_000;

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** How far the zone's clocks are ahead of UTC at that instant, in milliseconds. */
export function offsetAt(instant: number, timeZone: string): number {
  const day = Math.floor(instant / DAY);
  const offset = offsetAtStartOf(day, timeZone);
  // Asking takes long. Where a day ends as it began, clocks did not change between.
  return offset === offsetAtStartOf(day + 1, timeZone) ? offset : askedOffset(instant, timeZone);
}

/** The instant of a local time. Of a time that exists twice it is the first; one that is skipped is as much later as clocks go forward. */
export function instantOf(date: string, time: string, timeZone: string): number {
  const local = Date.parse(`${date}T${time}Z`);
  const [before, after] = [offsetAt(local - DAY, timeZone), offsetAt(local + DAY, timeZone)];
  const right = [local - before, local - after].find((instant) => instant + offsetAt(instant, timeZone) === local);
  return right ?? local - before;
}

/** ISO 8601 with the offset of that very instant. */
export function localIso(instant: number, timeZone: string): string {
  const offset = offsetAt(instant, timeZone);
  return new Date(instant + offset).toISOString().slice(0, 19) + isoOffset(offset);
}

function offsetAtStartOf(day: number, timeZone: string): number {
  const key = `${timeZone} ${day}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  if (offsets.size >= KNOWN_AT_MOST) offsets.clear();
  const asked = askedOffset(day * DAY, timeZone);
  offsets.set(key, asked);
  return asked;
}

function askedOffset(instant: number, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value);
  const date = [part('year'), part('month') - 1, part('day')] as const;
  const local = Date.UTC(...date, part('hour'), part('minute'), part('second'));
  return local - Math.floor(instant / 1000) * 1000;
}

function isoOffset(offset: number): string {
  const minutes = Math.abs(offset) / 60_000;
  const parts = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'));
  return (offset < 0 ? '-' : '+') + parts.join(':');
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const clock = { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const;
  const date = { year: 'numeric', month: 'numeric', day: 'numeric', calendar: 'iso8601' } as const;
  const made = new Intl.DateTimeFormat('en', { ...date, ...clock, timeZone });
  formats.set(timeZone, made);
  return made;
}
