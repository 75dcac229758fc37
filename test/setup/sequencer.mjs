import Sequencer from '@jest/test-sequencer';
import path from 'node:path';
import { LONGEST_FIRST } from '../long-suites.mjs';

/**
 * A long suite that begins last goes on alone while the other workers are idle. Jest orders by what it measured before;
 * where it has measured nothing, as in CI, this orders by the list.
 */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

function placeOf(test) {
  const place = LONGEST_FIRST.indexOf(path.relative(test.context.config.rootDir, test.path).split(path.sep).join('/'));
  return place === -1 ? LONGEST_FIRST.length : place;
}
