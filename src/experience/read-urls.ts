import type { LocalDate } from '../time/index.js';

/** The one spelling of each public read under which its answer is kept; others are answered, but not kept. */
export function slotsUrl(experienceId: number | string, date: LocalDate | string): string {
  return `/api/v1/experience/${experienceId}/slots?date=${date}`;
}

export function datesUrl(experienceId: number | string): string {
  return `/api/v1/experience/${experienceId}/dates`;
}
