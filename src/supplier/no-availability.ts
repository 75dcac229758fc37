import { isObject } from './own-words.js';

/**
 * How suppliers say under status 200, instead of by an empty list, that nothing can be booked: `NO_AVAILABILITY`,
 * `No slots on this date`, `not available`, `Sold out`. What only begins alike ("Service unavailable") is an error.
 */
const NO_AVAILABILITY =
  /^(no[ _-]?(availab|(time[ _-]?)?slots?\b|inventor)|not[ _-]?available|unavailable\b|sold[ _-]?out)/i;

/** Whether one of the words that name an error says that there is none to be had. */
export function saysNoAvailability(json: unknown): boolean {
  if (!isObject(json)) return false;
  const error = isObject(json.error) ? [json.error.code, json.error.message, json.error.reason] : [json.error];
  return [...error, json.code, json.message, json.reason].some(
    (word) => typeof word === 'string' && NO_AVAILABILITY.test(word.trim()),
  );
}
