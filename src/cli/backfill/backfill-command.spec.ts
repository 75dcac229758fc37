import { describe, expect, it } from '@jest/globals';
import { parseOptions } from '../options.js';
import { OPTIONS } from './backfill-command.js';

const parse = (...args: string[]) => parseOptions(OPTIONS, args);

describe('the options of a backfill', () => {
  it('are the whole window of all experiences by default', () => {
    expect(parse()).toEqual({ days: undefined, experience: [], fresh: false, json: false });
  });

  it('say how far, and of which experiences', () => {
    const given = parse('--days', '30', '--experience', '15', '--experience=14,15', '--fresh', '--json');
    expect(given).toEqual({ days: 30, experience: [[15], [14, 15]], fresh: true, json: true });
  });

  it.each([
    [['--days', '0'], '--days: "0" is not a whole number from 1 to 366'],
    [['--experience', 'x'], '--experience: "x" is not a list of ids'],
    [['--experience', ','], '--experience: no id given'],
  ])('refuse %j', (args, why) => {
    expect(() => parse(...args)).toThrow(why);
  });
});
