import { byId } from './dom.js';
import { scrollBy } from './scroll-by.js';

/** Pixels between what a panel is about and what covers the page. */
const MARGIN = 12;

/** Tells the style sheet how high the bar is: it is never covered, so that Pause can be reached whatever is open. */
export function followBar(): void {
  const bar = byId('bar');
  const measure = () => document.documentElement.style.setProperty('--bar', `${bar.offsetHeight}px`);
  new ResizeObserver(measure).observe(bar);
  measure();
}

/** Where the panel covers the lower part of the page: scrolls so that what it is about is seen above it. */
export function keepInSight(subject: DOMRect | undefined): void {
  if (!subject) return;
  const side = byId('side').getBoundingClientRect();
  if (side.left > subject.left) return;
  const top = byId('bar').getBoundingClientRect().bottom + MARGIN;
  const bottom = side.top - MARGIN;
  const by = scrollBy({ top: subject.top, bottom: subject.bottom }, { top, bottom });
  if (by !== 0) window.scrollBy({ top: by });
}

/** Where an element of the page is; undefined: it is none, or stands in the panel itself. */
export function rectOf(element: Element | null): DOMRect | undefined {
  return element === null || element === document.body || byId('side').contains(element)
    ? undefined
    : element.getBoundingClientRect();
}
