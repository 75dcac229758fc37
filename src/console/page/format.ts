import { pageZone } from './zone.js';

/** 42 → `42 s`, 4000 → `1 h 7 min`. */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3_600) return `${Math.floor(s / 60)} min`;
  if (s < 86_400) return two(Math.floor(s / 3_600), 'h', Math.floor((s % 3_600) / 60), 'min');
  return two(Math.floor(s / 86_400), 'd', Math.floor((s % 86_400) / 3_600), 'h');
}

function two(large: number, unit: string, small: number, smallUnit: string): string {
  return small === 0 || large >= 10 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smallUnit}`;
}

/** `3 min ago`, `in 2 h`. */
export function relative(instant: string, now = Date.now()): string {
  const seconds = (Date.parse(instant) - now) / 1_000;
  if (Math.abs(seconds) < 1) return 'now';
  return seconds < 0 ? `${duration(-seconds)} ago` : `in ${duration(seconds)}`;
}

/** `in 12 s`; what is past is due: `now`. */
export function upcoming(instant: string, now = Date.now()): string {
  return Date.parse(instant) <= now ? 'now' : relative(instant, now);
}

/** In full: `Sat, 28 Nov 2026, 03:57:12`. In the zone of the page, as all times. */
export function clock(instant: string): string {
  const date = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  const at = new Date(instant);
  const timeZone = pageZone();
  return `${at.toLocaleDateString('en-GB', { ...date, timeZone })}, ${at.toLocaleTimeString('en-GB', { timeZone })}`;
}

/** Short: `03:57`, or `28 Nov, 03:57` on another day than today. */
export function moment(instant: string, now = Date.now()): string {
  const at = new Date(instant);
  const timeZone = pageZone();
  const date = (of: Date) =>
    of.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone });
  if (date(at) === date(new Date(now))) return time(instant);
  return `${at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone })}, ${time(instant)}`;
}

export function time(instant: string): string {
  return new Date(instant).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: pageZone() });
}

/** `3 min ago (03:57)` */
export function relativeAt(instant: string, now = Date.now()): string {
  return `${relative(instant, now)} (${moment(instant, now)})`;
}

/** A local date, `2026-03-29` → `Sun, 29 Mar`. */
export function dateName(date: string): string {
  const parts = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  return new Date(`${date}T00:00:00Z`).toLocaleDateString('en-GB', parts);
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Days from one local date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

export function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 });
}

/** 0.4567 → `45.7 %`; rounded down, so that 100 % means all. */
export function percent(share: number): string {
  const tenths = Math.floor(share * 1_000 + 1e-9) / 10;
  return `${tenths >= 100 ? '100' : tenths.toFixed(1)} %`;
}

/** `KWD 12.345`, `JPY 1,200`. */
export function money(price: { finalPrice: number; currencyCode: string }): string {
  return `${price.currencyCode}\u00a0${amount(price)}`;
}

/** The same without its currency: with the digits of its currency, or more where it has more; whole ones without. */
export function amount({ finalPrice, currencyCode }: { finalPrice: number; currencyCode: string }): string {
  const least = Number.isInteger(finalPrice) ? 0 : currencyDigits(currencyCode);
  const most = Math.min(MOST_DIGITS, Math.max(least, decimalsOf(finalPrice)));
  return finalPrice.toLocaleString('en-US', { minimumFractionDigits: least, maximumFractionDigits: most });
}

/** Browsers refuse to write more. */
const MOST_DIGITS = 20;
const USUAL_DIGITS = 2;

function currencyDigits(currency: string): number {
  try {
    const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
    return format.resolvedOptions().maximumFractionDigits ?? USUAL_DIGITS;
  } catch {
    // Suppliers write codes that are none.
    return USUAL_DIGITS;
  }
}

/** Digits after the point: 12.345 → 3, 1.5e-7 → 8. */
function decimalsOf(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  return Math.max(0, (mantissa.split('.')[1] ?? '').length - Number(exponent));
}
