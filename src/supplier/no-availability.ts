import { isObject } from './own-words.js';

/**
 * How suppliers say under status 200 that nothing can be booked, instead of sending an empty list: `NO_AVAILABILITY`,
 * `No slots on this date`, `Not available for 2 December`, `Sold out`. The whole text must match. A text that only begins
 * like this ("No available connections", "Not available right now") is an error, and an error closes no day. "Unavailable"
 * alone does not match, because it is also used for services.
 */
const NOTHING = [
  /no[ _-]?(availabilit(y|ies)|available[ _-]?(slots?|times?|time[ _-]?slots?|dates?|tickets?)|(time[ _-]?)?slots?|inventory)/,
  /(is |are )?not[ _-]?available/,
  /sold[ _-]?out/,
];
/** What may follow: the day or the product. */
const OF_WHAT = /( (available|left|found|open|remaining))?( (for|on|at) [^.!?:;]{1,80})?[.!]?/;
const NO_AVAILABILITY = new RegExp(`^(${NOTHING.map(({ source }) => source).join('|')})${OF_WHAT.source}$`, 'i');
/** With one of these words beside it, something failed, and the text says nothing about availability. */
const TROUBLE =
  /error|fail|time[ds]?[ -]?out|maintenance|again|later|connect|server|backend|upstream|overload|internal|moment|busy/i;

/** Whether the texts that name the error say that nothing is available, and none says that something failed. */
export function saysNoAvailability(json: unknown): boolean {
  if (!isObject(json)) return false;
  const error = isObject(json.error) ? [json.error.code, json.error.message, json.error.reason] : [json.error];
  const words = [...error, json.code, json.message, json.reason].filter((word) => typeof word === 'string');
  return words.some((word) => NO_AVAILABILITY.test(word.trim())) && !words.some((word) => TROUBLE.test(word));
}
