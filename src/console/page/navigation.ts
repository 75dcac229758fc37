import { hashOf, placeOf, type Place } from './places.js';
import { searchOf, viewOf, type View } from './view.js';

export interface Shower {
  /** @param place undefined: no panel is named */
  showPlace(place: Place | undefined): void;
  showView(view: View): void;
}

/** Keeps what is shown and the address in step, so that links, back and forward work. The search names the view, the hash the panel. */
export class Navigation {
  constructor(private readonly shower: Shower) {
    window.addEventListener('hashchange', () => this.followPlace());
    window.addEventListener('popstate', () => this.followView());
  }

  get view(): View {
    return viewOf(location.search);
  }

  get place(): Place | undefined {
    return placeOf(location.hash);
  }

  /** Shows what the address names. */
  follow(): void {
    this.followView();
    this.followPlace();
  }

  /** What is shown already is shown anew. */
  go(place: Place): void {
    const hash = hashOf(place);
    if (location.hash === hash) this.shower.showPlace(place);
    else location.hash = hash;
  }

  /** The address names no panel any more. */
  leave(): void {
    if (this.place) history.pushState(null, '', location.pathname + location.search);
  }

  /** @param isPassing as each letter of a filter: back leads to what was before it */
  change(part: Partial<View>, isPassing = false): void {
    const search = searchOf({ ...this.view, ...part });
    if (search === location.search) return;
    const address = location.pathname + search + location.hash;
    if (isPassing) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    this.followView();
  }

  private followView(): void {
    this.shower.showView(this.view);
  }

  private followPlace(): void {
    this.shower.showPlace(this.place);
  }
}
