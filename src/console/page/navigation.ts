import { hashOf, placeOf, type Place } from './places.js';

/** Keeps what is shown and the address in step, so that links, back and forward work. */
export class Navigation {
  /** @param show undefined: nothing is named */
  constructor(private readonly show: (place: Place | undefined) => void) {
    window.addEventListener('hashchange', () => this.follow());
  }

  /** Shows what the address names. */
  follow(): void {
    this.show(placeOf(location.hash));
  }

  /** What is shown already is shown anew. */
  go(place: Place): void {
    const hash = hashOf(place);
    if (location.hash === hash) this.show(place);
    else location.hash = hash;
  }

  /** The address names nothing any more. */
  leave(): void {
    if (placeOf(location.hash)) history.pushState(null, '', location.pathname + location.search);
  }
}
