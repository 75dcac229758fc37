import type { Change } from '../changes/change.shape.js';
import { addDays, type LocalDate } from '../time/index.js';
import { messageId, type Message } from './message.js';

export const AVAILABILITY_UPDATE = 'AVAILABILITY_UPDATE';

interface Run {
  readonly experienceId: number;
  readonly first: LocalDate;
  last: LocalDate;
  changes: number;
  /** The latest change of the run, and its place in the feed. */
  id: string;
  place: number;
}

/**
 * What resellers are sent by OCTO: which dates of a product to ask for again, and not what is new there. One message for
 * consecutive dates of a product; `optionId` is left out, because each product has one option.
 */
export function octoMessages(webhookId: string, changes: readonly Change[]): Message[] {
  return runsOf(changes).map(({ experienceId, first, last, changes: count, id }) => {
    const dates = { localDateStart: first, localDateEnd: last };
    const body = JSON.stringify({ notificationType: AVAILABILITY_UPDATE, productId: String(experienceId), ...dates });
    // A later change of the same dates is another message, though it reads the same.
    return { id: messageId(webhookId, `${id} ${body}`), body, changes: count };
  });
}

/** In the order of products and dates. */
function runsOf(changes: readonly Change[]): Run[] {
  const placed = changes.map((change, place) => ({ ...change, place }));
  const sorted = placed.toSorted((a, b) => a.experienceId - b.experienceId || (a.date < b.date ? -1 : 1));
  const runs: Run[] = [];
  for (const { experienceId, date: text, id, place } of sorted) {
    const date = text as LocalDate;
    const run = runs.at(-1);
    const goesOn = run?.experienceId === experienceId && date <= addDays(run.last, 1);
    if (!goesOn) runs.push({ experienceId, first: date, last: date, changes: 1, id, place });
    else Object.assign(run, { last: date, changes: run.changes + 1, ...(place > run.place && { id, place }) });
  }
  return runs;
}
