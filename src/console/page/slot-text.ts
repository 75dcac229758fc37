import { count } from './format.js';

/** @param remaining null: unlimited */
export function leftText(remaining: number | null): string {
  if (remaining === null) return 'unlimited';
  return remaining === 0 ? 'sold out' : `${count(remaining)} left`;
}

/** `04:00`, `10:00 to 11:30`, `22:00 to 01:30 the next day`. */
export function timesText(startTime: string, endTime: string | null): string {
  if (endTime === null || endTime === startTime) return startTime;
  return `${startTime} to ${endTime}${endTime < startTime ? ' the next day' : ''}`;
}

/** How many one booking takes: `1 to 20`, `from 2`, `up to 9`. Empty: any number. */
export function boundsText(min: number | null, max: number | null): string {
  if (min !== null && max !== null) return min === max ? `exactly ${count(min)}` : `${count(min)} to ${count(max)}`;
  if (min !== null) return `from ${count(min)}`;
  return max === null ? '' : `up to ${count(max)}`;
}

export function paxText(pax: { remaining: number | null; min: number | null; max: number | null }): string {
  return [leftText(pax.remaining), boundsText(pax.min, pax.max)].filter((part) => part !== '').join(', ');
}

/** What is above the slots of a day. @param slots null: never fetched */
export function slotsTitle(slots: readonly unknown[] | null, dropped: number): string {
  if (slots === null) return 'Slots: never fetched';
  if (slots.length === 0) return dropped === 0 ? 'No slots: closed' : `No slots: ${droppedText(dropped)}`;
  return dropped === 0 ? slotsCount(slots.length) : `${slotsCount(slots.length)}, ${droppedText(dropped)}`;
}

export function slotsCount(slots: number): string {
  return slots === 1 ? '1 slot' : `${count(slots)} slots`;
}

function droppedText(dropped: number): string {
  return dropped === 1 ? '1 that can’t be read is left out' : `${count(dropped)} that can’t be read are left out`;
}
