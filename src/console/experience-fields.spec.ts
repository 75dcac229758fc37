import { describe, expect, it } from '@jest/globals';
import { filledIn, touched } from './page/experience-fields.js';

describe('the form of an experience', () => {
  it('sends what was filled in, when it is added', () => {
    expect(filledIn({ name: ' Harbour cruise ', timeZone: '  ', product: '' })).toEqual({ name: 'Harbour cruise' });
  });

  it('sends what is another than before, when it is changed; what was emptied is taken back', () => {
    const before = { name: 'Harbour cruise', timeZone: 'Asia/Singapore' };
    expect(touched({ name: 'Sky deck', timeZone: 'Asia/Singapore' }, before)).toEqual({ name: 'Sky deck' });
    expect(touched({ name: '', timeZone: ' Asia/Singapore ' }, before)).toEqual({ name: null });
    expect(touched(before, before)).toEqual({});
  });
});
