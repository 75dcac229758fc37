import { describe, expect, it } from '@jest/globals';
import { parseOptions } from '../options.js';
import { OPTIONS } from './plan-command.js';

const parse = (line: string) => parseOptions(OPTIONS, line.split(' '));

describe('the options of the plan', () => {
  it('are how many, how often and how fresh', () => {
    expect(parse('--experiences=450 --budget 30 --tiers 1:15m,7:4h --json')).toEqual({
      experiences: 450,
      budget: 30,
      tiers: [
        { days: 1, maxAgeMs: 900_000 },
        { days: 7, maxAgeMs: 14_400_000 },
      ],
      json: true,
    });
  });

  it.each([
    ['--experiences 0', '--experiences: "0" is not a whole number from 1 to 100000'],
    ['--experiences 14,15', '--experiences: '],
    ['--budget 0.5', '--budget: "0.5" is not a whole number from 1 to 60000'],
    ['--tiers 7:4h,1:15m', 'must rise'],
    ['--tiers=', '--tiers: "" is not a tier'],
  ])('refuse %s', (line, why) => {
    expect(() => parse(line)).toThrow(why);
  });
});
