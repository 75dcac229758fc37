import { cursorOf, type ReadResponse } from '../../http/index.js';
import { changeCursor, isBefore, type Position } from '../../inventory/index.js';
import { dateOf } from '../instants.js';
import type { AvailabilityQuery } from './availability-query.js';
import type { BodyWriter } from './body-writer.js';
import type { ExperienceAnswer } from './experience-answer.js';

/** A page of experiences, by id. */
export interface AnsweredPage {
  readonly parts: readonly ExperienceAnswer[];
  /** Named ids that are not in the catalogue. */
  readonly missing: readonly number[];
  /** The last id of the page, if others may follow; otherwise null. */
  readonly last: number | null;
}

/**
 * @param until the answer may be kept no longer, epoch milliseconds
 * @param body to which nothing was added
 */
export function availabilityAnswer(
  { from, to }: AvailabilityQuery,
  { parts, missing, last }: AnsweredPage,
  until: number,
  body: BodyWriter,
): ReadResponse {
  const staleAfter = earliest(parts, ({ staleAfter }) => staleAfter);
  const nextCursor = last === null ? null : cursorOf(last);
  body.add(`{"from":"${from}","to":"${to}","asOf":`);
  body.addInstant(earliest(parts, ({ asOf }) => asOf));
  body.add(',"staleAfter":');
  body.addInstant(staleAfter);
  body.add(',"experiences":[');
  parts.forEach(({ head, asOf, content }, i) => {
    body.add(`${i === 0 ? '' : ','}{${head},"asOf":`);
    body.addInstant(asOf);
    body.add(`,${content}}`);
  });
  body.add(`],"notMirrored":${JSON.stringify(missing)},"nextCursor":${JSON.stringify(nextCursor)}`);
  return {
    about: parts.map(({ about }) => about),
    ...body.end(`,"changesCursor":${JSON.stringify(changesCursor(parts))}}`),
    staleAfter: dateOf(staleAfter),
    changedAt: dateOf(
      parts.reduce<number | null>(
        (at, { changedAt }) => (changedAt === null ? at : Math.max(at ?? 0, changedAt)),
        null,
      ),
    ),
    complete: parts.every(({ complete }) => complete),
    degraded: parts.some(({ degraded }) => degraded),
    changesAt: Math.min(...parts.map(({ changesAt }) => changesAt)),
    until: Math.min(...parts.map((part) => part.until), until),
  };
}

/** Where to follow the change feed from: behind it is all that any part may lack. It is no content: each read has another one. */
function changesCursor(parts: readonly ExperienceAnswer[]): string | null {
  let first: Position | null = null;
  for (const { position } of parts) {
    if (position === null || (first !== null && first.epoch !== position.epoch)) return null;
    if (first === null || isBefore(position, first)) first = position;
  }
  return first && changeCursor(first);
}

function earliest(parts: readonly ExperienceAnswer[], of: (part: ExperienceAnswer) => number | null): number | null {
  return parts.reduce<number | null>((first, part) => {
    const at = of(part);
    return at === null || (first !== null && first <= at) ? first : at;
  }, null);
}
