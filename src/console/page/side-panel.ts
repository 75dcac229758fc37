import { byId, el } from './dom.js';

/** What a panel shows. */
export interface Shown {
  readonly title: string;
  readonly content: readonly Node[];
}

/** The panel at the side: one thing at a time, closed by Escape, which leads back to where one came from. */
export class SidePanel {
  private readonly box = byId('side');
  private opener: Element | null = null;
  /** What was asked for last, by its name, and what is to be seen meanwhile. */
  private asked = '';
  private seen = '';
  private turn = 0;
  private seenTurn = 0;

  /** @param closed by whoever reads it */
  constructor(private readonly closed: () => void) {
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !this.box.hidden && !document.querySelector('dialog[open]')) this.close();
    });
  }

  /** What is shown, or about to be, by its name; empty: nothing. */
  get shown(): string {
    return this.asked;
  }

  /**
   * Shows what `load` finds, unless something else was asked for meanwhile, or the panel was closed.
   * @param title stands there while it is loaded
   */
  async open(key: string, title: string, load: () => Promise<Shown>): Promise<void> {
    const turn = ++this.turn;
    if (this.asked === '') this.opener = document.activeElement;
    this.asked = key;
    if (this.seen !== key) this.show(key, { title, content: [el('p', { class: 'skeleton tall', text: 'Loading…' })] });
    const found = await load();
    // The same, asked for later, may have come first.
    if (this.asked !== key || turn < this.seenTurn) return;
    this.seenTurn = turn;
    this.show(key, found);
  }

  close(): void {
    this.hide();
    this.closed();
  }

  /** The focus goes back to where the panel was opened from. */
  hide(): void {
    if (this.asked === '') return;
    this.box.hidden = true;
    document.body.classList.remove('with-side');
    this.asked = '';
    this.seen = '';
    const { opener } = this;
    if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) opener.focus();
    else byId('map').focus();
  }

  private show(key: string, { title, content }: Shown): void {
    const again = this.seen === key;
    const { scrollTop } = this.box;
    const focused = this.box.contains(document.activeElement) ? document.activeElement : null;
    this.seen = key;
    const heading = el('h2', { id: 'side-title', text: title, tabindex: '-1' });
    const close = el('button', { type: 'button', text: 'Close', click: () => this.close() });
    this.box.replaceChildren(el('div', { class: 'side-head' }, heading, close), ...content);
    this.box.hidden = false;
    document.body.classList.add('with-side');
    if (again) {
      this.box.scrollTop = scrollTop;
      if (focused) this.focusAgain(focused, heading);
    } else {
      this.box.scrollTop = 0;
      heading.focus();
    }
  }

  /** What had the focus was replaced: its successor gets it, or else the heading, so that a keyboard user stays where they were. */
  private focusAgain(replaced: Element, heading: HTMLElement): void {
    const all = [...this.box.querySelectorAll<HTMLElement>('a, button, input, select, [tabindex]')];
    const successor = all.find((one) => nameOf(one) === nameOf(replaced));
    (successor ?? heading).focus({ preventScroll: true });
  }
}

function nameOf(element: Element): string {
  return [element.tagName, element.textContent, element.getAttribute('aria-label')].join(' ');
}
