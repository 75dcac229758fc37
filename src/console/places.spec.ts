import { describe, expect, it } from '@jest/globals';
import { hashOf, placeOf, type Place } from './page/places.js';

describe('the address of a place', () => {
  it.each<[string, Place]>([
    ['#experience/14', { kind: 'experience', id: 14 }],
    ['#day/14/2026-03-29', { kind: 'day', id: 14, date: '2026-03-29' }],
    ['#supplier/zaui', { kind: 'supplier', name: 'zaui' }],
    ['#webhook/0d6f4dd0-54a3-4f0c-9f3c-0f6c1e0f7a51', { kind: 'webhook', id: '0d6f4dd0-54a3-4f0c-9f3c-0f6c1e0f7a51' }],
    ['#problem/a%2Fb/supplier_error', { kind: 'problem', supplier: 'a/b', cause: 'supplier_error' }],
    ['#supplier/a%2Fb%20c/products', { kind: 'products', name: 'a/b c' }],
  ])('%s names it, and it is found again', (hash, place) => {
    expect(hashOf(place)).toBe(hash);
    expect(placeOf(hash)).toEqual(place);
  });

  it.each([
    '',
    '#',
    '#map',
    '#experience/0',
    '#experience/x',
    '#day/14',
    '#day/14/soon',
    '#supplier/',
    '#supplier/%E0%A4',
    '#problem/zaui',
    '#webhook/12',
  ])('is none: "%s"', (hash) => {
    expect(placeOf(hash)).toBeUndefined();
  });
});
