interface Extent {
  readonly top: number;
  readonly bottom: number;
}

/** How far to scroll down so that all of the subject is in view, or its beginning. */
export function scrollBy(subject: Extent, view: Extent): number {
  if (subject.top < view.top) return subject.top - view.top;
  return Math.max(0, Math.min(subject.bottom - view.bottom, subject.top - view.top));
}
