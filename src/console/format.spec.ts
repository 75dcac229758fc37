import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { amount, moment, money, upcoming } from './page/format.js';

const price = (finalPrice: number, currencyCode: string) => ({ finalPrice, currencyCode });

describe('an amount of money', () => {
  it.each([
    [12.345, 'KWD', '12.345'],
    [12.3, 'KWD', '12.300'],
    [1_200, 'JPY', '1,200'],
    [212.14, 'SGD', '212.14'],
    [212.1, 'SGD', '212.10'],
    [212, 'SGD', '212'],
    [12, 'KWD', '12'],
    [0, 'SGD', '0'],
  ])('%f %s is written with the digits of its currency: %s', (finalPrice, currency, written) => {
    expect(amount(price(finalPrice, currency))).toBe(written);
  });

  it.each([
    [1_200.5, 'JPY', '1,200.5'],
    [12.3456, 'KWD', '12.3456'],
    [0.1 + 0.2, 'SGD', '0.30000000000000004'],
    [1.5e-7, 'SGD', '0.00000015'],
    [9_007_199_254_740_991, 'SGD', '9,007,199,254,740,991'],
  ])('%f %s keeps the digits that it has beyond: %s', (finalPrice, currency, written) => {
    expect(amount(price(finalPrice, currency))).toBe(written);
  });

  it('loses nothing: what is written is read as the same number', () => {
    const amounts = fc.double({ min: 1e-15, max: 1e15, noNaN: true }).filter((value) => decimals(value) <= 20);
    const currencies = fc.constantFrom('KWD', 'JPY', 'SGD', 'nonsense');
    fc.assert(
      fc.property(amounts, currencies, (value, currency) => {
        expect(Number(amount(price(value, currency)).replaceAll(',', ''))).toBe(value);
      }),
    );
  });

  it.each(['', 'EURO', '€'])('in a currency that is none, "%s", has two digits', (currency) => {
    expect(amount(price(5.5, currency))).toBe('5.50');
  });

  it('has more digits than can be written only as nothing', () => {
    expect(amount(price(1e-30, 'SGD'))).toBe('0.00');
  });

  it('has its currency before it, as the supplier wrote it', () => {
    expect(money(price(12.345, 'KWD'))).toBe('KWD\u00a012.345');
    expect(money(price(5.5, 'EURO'))).toBe('EURO\u00a05.50');
  });
});

describe('what is to come', () => {
  const now = Date.parse('2026-03-02T10:00:00Z');

  it('is told as how long it takes, and as now once it is due', () => {
    expect(upcoming('2026-03-02T10:00:12Z', now)).toBe('in 12 s');
    expect(upcoming('2026-03-02T10:00:00Z', now)).toBe('now');
    expect(upcoming('2026-03-02T09:00:00Z', now)).toBe('now');
  });
});

describe('a moment', () => {
  it('is a time today, and has its date on another day', () => {
    const now = new Date(2026, 2, 2, 12, 0).getTime();
    expect(moment(new Date(2026, 2, 2, 3, 57).toISOString(), now)).toBe('03:57');
    expect(moment(new Date(2026, 2, 1, 23, 5).toISOString(), now)).toBe('1 Mar, 23:05');
  });
});

function decimals(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  return (mantissa.split('.')[1] ?? '').length - Number(exponent);
}
