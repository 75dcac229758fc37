import { byId } from './dom.js';
import { PAGES, searchOf, viewOf, type PageName } from './view.js';

/** The pages of the console, one of which is shown. */
export class PageSwitch {
  private shown: PageName | undefined;

  /** @param choose a link to a page was followed. @param opened a page is shown from now on */
  constructor(
    choose: (page: PageName) => void,
    private readonly opened: (page: PageName) => void,
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

  show(page: PageName): void {
    for (const other of PAGES) {
      const link = byId(`to-${other}`);
      byId(other).hidden = other !== page;
      link.setAttribute('href', location.pathname + searchOf({ ...viewOf(location.search), page: other }));
      if (other === page) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    if (this.shown === page) return;
    this.shown = page;
    this.opened(page);
  }
}
