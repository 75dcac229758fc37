import { describe, expect, it } from '@jest/globals';
import { parseInteger } from '../config/index.js';
import { parseOptions, UsageError } from './options.js';

const OPTIONS = {
  days: { value: 'N', parse: parseInteger(1, 366), help: 'dates from today on' },
  port: { value: 'N', parse: parseInteger(0, 65_535), default: '4010', help: 'where it listens' },
  id: { value: 'ID', parse: parseInteger(1, 99), repeats: true, help: 'only this one' },
  json: { help: 'for machines' },
} as const;

describe('the options of a command', () => {
  it('have a default, or are left open', () => {
    expect(parseOptions(OPTIONS, [])).toEqual({ days: undefined, port: 4010, id: [], json: false });
  });

  it('are parsed, and some may be repeated', () => {
    const args = '--days 30 --port=0 --id 15 --id=14 --json'.split(' ');
    expect(parseOptions(OPTIONS, args)).toEqual({ days: 30, port: 0, id: [15, 14], json: true });
  });

  it('count the last time where they are not to be repeated', () => {
    expect(parseOptions(OPTIONS, ['--days', '1', '--days', '2'])).toMatchObject({ days: 2 });
  });

  it.each([
    [['--days', '0'], '--days: "0" is not a whole number from 1 to 366'],
    [['--days='], '--days: "" is not a whole number from 1 to 366'],
    [['--days=-1'], '--days: "-1" is not a whole number from 1 to 366'],
    [['--days'], '--days needs a value: --days N'],
    [['--days', '--json'], '--days needs a value: --days N'],
    [['--json=yes'], '--json takes no value'],
    [['--colour'], "Unknown option '--colour'"],
    [['--toString'], "Unknown option '--toString'"],
    [['-j'], "Unknown option '-j'"],
    [['14'], "Unexpected argument '14'"],
    [['--', '14'], "Unexpected argument '14'"],
  ])('refuse %j in one sentence', (args, why) => {
    expect(() => parseOptions(OPTIONS, args)).toThrow(new UsageError(why));
  });
});
