import { describe, expect, it } from '@jest/globals';
import { Faults } from './faults.js';
import type { Fault } from './fault.js';

const DATE = '2025-04-03';

function kinds(faults: Faults, requests: number, id = 14, date = DATE): string[] {
  const target = { api: 'leap', experienceId: id, date, lastDate: date } as const;
  return Array.from({ length: requests }, () => faults.draw(target).fault?.kind ?? '-');
}

function faultsOf(...list: Fault[]): Faults {
  const faults = new Faults();
  list.forEach((fault) => {
    faults.add(fault);
  });
  return faults;
}

describe('the faults', () => {
  it('hit everything by default, until cleared', () => {
    const faults = faultsOf({ kind: 'hang' });
    expect(kinds(faults, 2)).toEqual(['hang', 'hang']);
    faults.clear();
    expect(kinds(faults, 1)).toEqual(['-']);
  });

  it('hit their share, evenly and to the request', () => {
    expect(kinds(faultsOf({ kind: 'html', share: 0.25 }), 8)).toEqual(['-', '-', '-', 'html', '-', '-', '-', 'html']);
    for (const share of [0, 0.1, 0.29, 0.7, 1]) {
      const hit = kinds(faultsOf({ kind: 'html', share }), 100).filter((kind) => kind === 'html');
      expect(hit).toHaveLength(Math.round(share * 100));
    }
  });

  it('keep to their product and date', () => {
    const faults = faultsOf({ kind: 'empty', experienceId: 15, date: DATE });
    expect([kinds(faults, 1, 14), kinds(faults, 1, 15, '2025-04-04'), kinds(faults, 1, 15)]).toEqual([
      ['-'],
      ['-'],
      ['empty'],
    ]);
  });

  it('keep to their API, and to requests that ask for their date among others', () => {
    const faults = faultsOf({ kind: 'empty', api: 'octo', date: DATE });
    const hit = (date: string | null, lastDate: string | null, api: 'leap' | 'octo' = 'octo') =>
      faults.draw({ api, experienceId: 14, date, lastDate }).fault !== undefined;
    expect([hit('2025-04-01', '2025-04-30'), hit(DATE, DATE), hit('2025-03-04', DATE)]).toEqual([true, true, true]);
    expect([hit('2025-04-04', '2025-04-30'), hit(null, null), hit(DATE, DATE, 'leap')]).toEqual([false, false, false]);
  });

  it('are over after so many hits', () => {
    const faults = faultsOf({ kind: 'reset', times: 2, share: 0.5 });
    expect(kinds(faults, 6)).toEqual(['-', 'reset', '-', 'reset', '-', '-']);
    expect(faults.list()).toEqual([]);
  });

  it('tell how often they hit', () => {
    const faults = faultsOf({ kind: 'status', status: 500 });
    kinds(faults, 3);
    expect(faults.list()).toEqual([{ kind: 'status', status: 500, hits: 3 }]);
  });

  it('spoil an answer once, and add up in latency', () => {
    const faults = faultsOf(
      { kind: 'latency', latencyMs: 30 },
      { kind: 'shape', latencyMs: 5 },
      { kind: 'hang' },
      { kind: 'latency' },
    );
    const target = { api: 'leap', experienceId: 14, date: DATE, lastDate: DATE } as const;
    expect(faults.draw(target)).toEqual({ waitMs: 1035, fault: { kind: 'shape', latencyMs: 5 } });
  });
});
