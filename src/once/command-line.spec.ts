import { describe, expect, it } from '@jest/globals';
import { commandLine, CommandLineError } from './command-line.js';

describe('the command line of one pass', () => {
  it('is the whole window of all experiences without options', () => {
    const nothing = { days: undefined, experienceIds: null, fresh: false, json: false, help: false };
    expect(commandLine([])).toEqual(nothing);
  });

  it('says how far, and of which experiences', () => {
    const args = ['--days', '30', '--experience', '15', '--experience=14,15', '--fresh', '--json'];
    expect(commandLine(args)).toMatchObject({ days: 30, experienceIds: [14, 15], fresh: true, json: true });
  });

  it.each([
    [['--days', '0'], '--days: "0" is not a whole number from 1 to 366'],
    [['--days'], "'--days <value>' argument missing"],
    [['--experience', 'x'], '--experience: "x" is not a list of ids'],
    [['--experience', ','], '--experience: says none'],
    [['--color'], "Unknown option '--color'"],
    [['14'], "Unexpected argument '14'"],
  ])('is refused as %j', (args, why) => {
    expect(() => commandLine(args)).toThrow(CommandLineError);
    expect(() => commandLine(args)).toThrow(why);
  });
});
