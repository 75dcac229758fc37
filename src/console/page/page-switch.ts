import { byId } from './dom.js';
import { PAGES, searchOf, viewOf, type PageName, type View } from './view.js';

/** The pages of the console, one of which is shown. */
export class PageSwitch {
  private shown: string | undefined;

  /** @param choose a link to a page was followed. @param opened a page, or another period of it, is shown from now on */
  constructor(
    choose: (page: PageName) => void,
    private readonly opened: (view: View) => void,
  ) {
    for (const page of PAGES) {
      byId(`to-${page}`).addEventListener('click', (event) => {
        // In another tab it is opened by the browser.
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        choose(page);
      });
    }
  }

  show(view: View): void {
    const { page, period } = view;
    for (const other of PAGES) {
      const link = byId(`to-${other}`);
      byId(other).hidden = other !== page;
      link.setAttribute('href', location.pathname + searchOf({ ...viewOf(location.search), page: other }));
      if (other === page) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    const shown = `${page} ${period}`;
    if (this.shown === shown) return;
    this.shown = shown;
    this.opened(view);
  }
}
