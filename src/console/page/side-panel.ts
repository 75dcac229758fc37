import { byId, el } from './dom.js';

/** The panel at the side: one thing at a time, closed by Escape, which leads back to where one came from. */
export class SidePanel {
  private readonly box = byId('side');
  private back: (() => void) | undefined;
  private key = '';

  constructor() {
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !this.box.hidden && !document.querySelector('dialog[open]')) this.close();
    });
  }

  /** What is shown, by its name; empty: nothing. */
  get shown(): string {
    return this.box.hidden ? '' : this.key;
  }

  /** @param back focuses what it was opened from */
  open(key: string, title: string, content: readonly Node[], back?: () => void): void {
    const again = this.shown === key;
    const { scrollTop } = this.box;
    this.key = key;
    if (back) this.back = back;
    const heading = el('h2', { id: 'side-title', text: title, tabindex: '-1' });
    const close = el('button', { type: 'button', text: 'Close', click: () => this.close() });
    this.box.replaceChildren(el('div', { class: 'side-head' }, heading, close), ...content);
    this.box.hidden = false;
    if (again) this.box.scrollTop = scrollTop;
    else {
      this.box.scrollTop = 0;
      heading.focus();
    }
  }

  close(): void {
    this.box.hidden = true;
    this.key = '';
    this.back?.();
  }
}
