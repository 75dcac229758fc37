import { describe, expect, it } from '@jest/globals';
import { FAULT_KINDS, productsOf } from '../../sandbox/index.js';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSettings } from '../../config/index.js';
import { helpOf } from '../help.js';
import { parseOptions } from '../options.js';
import { greeting } from './greeting.js';
import { OPTIONS, sandbox } from './sandbox-command.js';

const parse = (line?: string) => parseOptions(OPTIONS, line?.split(' ') ?? []);

describe('the options of the sandbox', () => {
  it('have defaults', () => {
    const octo = { 'octo-requests-per-minute': 65, 'octo-days-per-request': 31 };
    const defaults = {
      port: 4010,
      host: '127.0.0.1',
      experiences: 5,
      seed: 1,
      'requests-per-minute': 30,
      speed: 1,
      ...octo,
    };
    expect(parse()).toEqual(defaults);
  });

  it('are all taken', () => {
    const leap = '--port 0 --host localhost --experiences=450 --seed 9 --requests-per-minute 60 --speed 0.5';
    const line = `${leap} --octo-requests-per-minute 9 --octo-days-per-request 7`;
    const octo = { 'octo-requests-per-minute': 9, 'octo-days-per-request': 7 };
    const all = {
      port: 0,
      host: 'localhost',
      experiences: 450,
      seed: 9,
      'requests-per-minute': 60,
      speed: 0.5,
      ...octo,
    };
    expect(parse(line)).toEqual(all);
  });

  it.each([
    ['--port http', '--port: "http" is not a whole number from 0 to 65535'],
    ['--port 70000', '--port: '],
    ['--experiences 0', '--experiences: "0" is not a whole number from 1 to 1000000'],
    ['--seed 1.5', '--seed: '],
    ['--requests-per-minute=-3', '--requests-per-minute: '],
    ['--octo-days-per-request 367', '--octo-days-per-request: '],
    ['--speed fast', '--speed: "fast" is not a number of 0 or more'],
    ['--speed=', '--speed: '],
  ])('refuse %s', (line, why) => {
    expect(() => parse(line)).toThrow(why);
  });
});

it('lists in its help the routes and every fault', () => {
  const text = helpOf(sandbox);
  for (const kind of FAULT_KINDS) expect(text).toMatch(new RegExp(`^  ${kind} +\\S`, 'm'));
  expect(text).toContain('/sandbox/faults');
});

describe('the greeting', () => {
  const url = 'http://127.0.0.1:4010/api/v1';

  it('says how to point Slotmirror at the supplier', () => {
    const text = greeting(url, productsOf(3), { leap: 30, octo: 65 });
    expect(text).toContain(`SUPPLIER_URL=${url} TICKETE_API_KEY=sandbox EXPERIENCES=14,15,16 npm start\n`);
    expect(text).toContain('http://127.0.0.1:4010/sandbox/faults');
    expect(text).toContain('curl -X POST http://127.0.0.1:4010/octo/availability');
  });

  it('names another budget only when it is another', () => {
    expect(greeting(url, productsOf(1), { leap: 30, octo: 65 })).not.toContain('SUPPLIER_REQUESTS_PER_MINUTE');
    expect(greeting(url, productsOf(1), { leap: 60, octo: 65 })).toContain('SUPPLIER_REQUESTS_PER_MINUTE=60');
  });

  it('has a file of both suppliers that Slotmirror takes as it is', async () => {
    const text = greeting(url, productsOf(2), { leap: 30, octo: 9 });
    const [, file = ''] = /echo '(.*)' > suppliers\.json\n/.exec(text) ?? [];
    const folder = await mkdtemp(path.join(tmpdir(), 'sandbox-'));
    const name = path.join(folder, 'suppliers.json');
    await writeFile(name, file);
    const { all } = readSettings({ SUPPLIERS_FILE: name }).suppliers;
    await rm(folder, { recursive: true });
    expect(all).toMatchObject([
      { name: 'leap', url, requestsPerMinute: 30, experiences: [{ id: 14 }, { id: 15 }] },
      { name: 'harbour', api: 'octo', url: 'http://127.0.0.1:4010/octo', requestsPerMinute: 9 },
    ]);
  });
});
