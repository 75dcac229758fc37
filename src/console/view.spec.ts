import { describe, expect, it } from '@jest/globals';
import { searchOf, viewOf, type View } from './page/view.js';

const USUAL: View = { page: 'overview', filter: '', supplier: '', show: 'all', range: 'hour', period: 'day', zone: '' };

describe('the search of the address', () => {
  it.each<[string, Partial<View>]>([
    ['', {}],
    ['?show=failing', { show: 'failing' }],
    ['?filter=night+safari&supplier=a%26b&range=day', { filter: 'night safari', supplier: 'a&b', range: 'day' }],
    ['?page=accuracy&period=week', { page: 'accuracy', period: 'week' }],
    ['?page=webhooks&zone=Asia%2FTokyo', { page: 'webhooks', zone: 'Asia/Tokyo' }],
  ])('%s names a view, and is found again', (search, part) => {
    const view = { ...USUAL, ...part };
    expect(viewOf(search)).toEqual(view);
    expect(new URLSearchParams(searchOf(view))).toEqual(new URLSearchParams(search));
  });

  it('is as usual where it names nothing that there is', () => {
    expect(viewOf('?page=x&show=y&range=z&zone=Mars/Olympus&colour=red')).toEqual(USUAL);
  });
});
