import { describe, expect, it } from '@jest/globals';
import { paxGroupOf } from './pax-group.js';

describe('who a pax type is for', () => {
  it.each([
    ['ADULT_12~99', 'ADULT', 12, 99],
    ['CHILD_3~11', 'CHILD', 3, 11],
    ['INFANT_0~4', 'INFANT', 0, 4],
    ['senior_60~120', 'SENIOR', 60, 120],
    ['YOUTH', 'YOUTH', null, null],
    ['STUDENT', 'STUDENT', null, null],
    ['FAMILY', 'FAMILY', null, null],
    ['MILITARY_18~99', 'OTHER', 18, 99],
    ['OTHER', 'OTHER', null, null],
    ['RESIDENT_12~99', null, 12, 99],
    ['CHILD_11~3', 'CHILD', null, null],
    ['ADULT (12-99)', null, null, null],
    ['ADULT_12~', null, null, null],
    ['constructor', null, null, null],
    ['', null, null, null],
  ])('%j is %j of %j to %j', (type, category, minAge, maxAge) => {
    expect(paxGroupOf(type)).toEqual({ category, minAge, maxAge });
  });
});
