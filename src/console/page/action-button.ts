import { el, notify } from './dom.js';

/** A button that can be reached also when it can't be used, and then says why. */
export class ActionButton {
  readonly element: HTMLButtonElement;
  private why: string | null = null;

  constructor(text: string, act: () => void, className = '') {
    const click = () => (this.why === null ? act() : notify(this.why));
    this.element = el('button', { type: 'button', text, click, class: className });
  }

  /** @param why null: it can be used */
  unless(why: string | null): void {
    this.why = why;
    if (why === null) {
      this.element.removeAttribute('aria-disabled');
      this.element.removeAttribute('title');
    } else {
      this.element.setAttribute('aria-disabled', 'true');
      this.element.title = why;
    }
  }
}
