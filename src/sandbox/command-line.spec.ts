import { describe, expect, it } from '@jest/globals';
import { CommandLineError, commandLine } from './command-line.js';
import { greeting } from './greeting.js';
import { productsOf } from './products.js';

describe('the command line', () => {
  it('has defaults', () => {
    const defaults = {
      port: 4010,
      host: '127.0.0.1',
      experiences: 5,
      seed: 1,
      requestsPerMinute: 30,
      speed: 1,
      help: false,
    };
    expect(commandLine([])).toEqual(defaults);
  });

  it('takes every option', () => {
    const args =
      '--port 0 --host localhost --experiences=450 --seed 9 --requests-per-minute 60 --speed 0.5 --help'.split(' ');
    const all = {
      port: 0,
      host: 'localhost',
      experiences: 450,
      seed: 9,
      requestsPerMinute: 60,
      speed: 0.5,
      help: true,
    };
    expect(commandLine(args)).toEqual(all);
  });

  it.each([
    [['--port', 'http'], /--port must be a whole number from 0 to 65535, not 'http'/],
    [['--port', '70000'], /--port/],
    [['--experiences', '0'], /--experiences must be a whole number from 1/],
    [['--seed', '1.5'], /--seed/],
    [['--requests-per-minute', '-3'], /requests-per-minute/],
    [['--speed', 'fast'], /--speed must be a number of 0 or more, not 'fast'/],
    [['--speed='], /--speed/],
    [['--colour'], /--colour/],
    [['4010'], /4010/],
  ])('refuses %j', (args, why) => {
    expect(() => commandLine(args)).toThrow(CommandLineError);
    expect(() => commandLine(args)).toThrow(why);
  });
});

describe('the greeting', () => {
  const url = 'http://127.0.0.1:4010/api/v1';

  it('says how to point Slotmirror at the supplier', () => {
    const text = greeting(url, productsOf(3), 30);
    expect(text).toContain(`SUPPLIER_URL=${url} TICKETE_API_KEY=sandbox EXPERIENCES=14,15,16 npm start\n`);
    expect(text).toContain('http://127.0.0.1:4010/sandbox/faults');
  });

  it('names another budget only when it is another', () => {
    expect(greeting(url, productsOf(1), 30)).not.toContain('SUPPLIER_REQUESTS_PER_MINUTE');
    expect(greeting(url, productsOf(1), 60)).toContain('SUPPLIER_REQUESTS_PER_MINUTE=60');
  });
});
