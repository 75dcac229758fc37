import { describe, expect, it } from '@jest/globals';
import { CommandLineError, commandLine } from './command-line.js';

describe('the command line', () => {
  it('leaves open what is not given', () => {
    const open = { experiences: undefined, budget: undefined, tiers: undefined, json: false, help: false };
    expect(commandLine([])).toEqual(open);
  });

  it('takes every option', () => {
    expect(commandLine('--experiences=450 --budget 30 --tiers 1:15m,7:4h --json --help'.split(' '))).toEqual({
      experiences: 450,
      budget: 30,
      tiers: [
        { days: 1, maxAgeMs: 900_000 },
        { days: 7, maxAgeMs: 14_400_000 },
      ],
      json: true,
      help: true,
    });
  });

  it.each([
    [['--experiences', '0'], /^--experiences: "0" is not a whole number from 1 to 100000$/],
    [['--experiences', '14,15'], /^--experiences: /],
    [['--budget', '0.5'], /^--budget: "0.5" is not a whole number from 1 to 60000$/],
    [['--tiers', '7:4h,1:15m'], /^--tiers: .*must rise/],
    [['--tiers='], /^--tiers: "" is not a tier/],
    [['--colour'], /--colour/],
    [['450'], /450/],
  ])('refuses %j', (args, why) => {
    expect(() => commandLine(args)).toThrow(CommandLineError);
    expect(() => commandLine(args)).toThrow(why);
  });
});
