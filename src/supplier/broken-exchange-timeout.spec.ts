import { describe, expect, it } from '@jest/globals';
import { overdue } from './broken-exchange-timeout.js';

const told = { timeoutMs: 10_000, bytes: 0, destination: 'supplier.example' };

describe('the time that was over is told', () => {
  it('with what it was over for', () => {
    expect(overdue({ ...told, phase: 'connecting' })).toBe('connecting to supplier.example took longer than 10 s');
    expect(overdue({ ...told, phase: 'waiting' })).toBe('no answer within 10 s');
    expect(overdue({ ...told, phase: 'reading', bytes: 1_234_567 })).toBe(
      'the answer broke off after 1,234,567 bytes: not whole within 10 s',
    );
  });

  it.each([
    [0, 'its head'],
    [1, '1 byte'],
    [2, '2 bytes'],
  ])('of a body of which %d bytes came', (bytes, amount) => {
    expect(overdue({ ...told, phase: 'reading', bytes })).toBe(
      `the answer broke off after ${amount}: not whole within 10 s`,
    );
  });

  it.each([
    [500, '500 ms'],
    [1_500, '1.5 s'],
    [60_000, '60 s'],
  ])('as %d ms are read by people', (timeoutMs, text) => {
    expect(overdue({ ...told, phase: 'waiting', timeoutMs })).toBe(`no answer within ${text}`);
  });
});
