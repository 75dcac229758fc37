import { ActionButton } from './action-button.js';
import { el, say, showInstead } from './dom.js';
import { count } from './format.js';
import type { KeyedItem } from './keyed-list.js';
import type { KnownSupplier } from './known-supplier.js';
import { hashOf } from './places.js';
import type { SupplierSteering } from './supplier-steering.js';
import { supplierText, type Severity } from './supplier-text.js';
import { whyNoPause, whyNoTry } from './unavailable.js';

/** Shapes beside the colours: neither is the only sign. */
export const MARKS: Readonly<Record<Severity, string>> = { good: '●', paused: '❙❙', unknown: '○', warn: '▲', bad: '✖' };

/** One supplier: how it stands, since when, why, what to do; and its buttons. */
export class SupplierLine implements KeyedItem<KnownSupplier> {
  readonly element: HTMLElement;
  private readonly mark = el('span', { class: 'mark', 'aria-hidden': 'true' });
  private readonly headline = el('b');
  private readonly parts = el('p', { class: 'soft' });
  private readonly words = el('p', { class: 'words' });
  private readonly advice = el('p', { class: 'advice' });
  private readonly budget = el('p', { class: 'budget' });
  private readonly pause: ActionButton;
  private readonly resume: ActionButton;
  private readonly tryNow: ActionButton;

  /** @param tag `li`: one of a list, with its name */
  constructor({ name, api }: KnownSupplier, steering: SupplierSteering, tag: 'li' | 'div' = 'li') {
    this.pause = new ActionButton('Pause…', () => steering.pause(name));
    this.resume = new ActionButton('Resume', () => void steering.resume(name), 'primary');
    this.tryNow = new ActionButton('Try now', () => void steering.tryNow(name));
    for (const { element } of [this.pause, this.resume, this.tryNow]) {
      element.setAttribute('aria-label', `${element.textContent} (${name})`);
    }
    const link = el('a', { href: hashOf({ kind: 'supplier', name }), text: name });
    const title =
      tag === 'li' && el('p', { class: 'supplier-name' }, link, ' ', el('span', { class: 'soft', text: api }));
    const state = el('p', { class: 'headline' }, this.mark, this.headline);
    const texts = el('div', { class: 'texts' }, state, this.parts, this.words, this.advice);
    const buttons = el('div', { class: 'actions' }, this.pause.element, this.resume.element, this.tryNow.element);
    this.element = el(tag, {}, title, texts, this.budget, buttons);
  }

  fill(supplier: KnownSupplier): void {
    const text = supplierText(supplier, Date.now());
    const name = `supplier ${text.severity}`;
    if (this.element.className !== name) this.element.className = name;
    say(this.mark, MARKS[text.severity]);
    say(this.headline, text.headline);
    say(this.parts, [...text.parts, ...text.also.map((other) => `also: ${other}`)].join(' · '));
    this.fillOptional(this.words, text.words);
    this.fillOptional(this.advice, text.advice);
    const { usedThisMinute, requestsPerMinute } = supplier.budget;
    say(this.budget, `${count(usedThisMinute)} of ${count(requestsPerMinute)} requests this minute`);
    const [pause, resume] = [this.pause.element, this.resume.element];
    if (supplier.pauseScope === 'supplier') showInstead(resume, pause);
    else showInstead(pause, resume);
    this.pause.unless(whyNoPause(supplier));
    this.tryNow.unless(whyNoTry(supplier));
  }

  private fillOptional(box: HTMLElement, text: string | null): void {
    box.hidden = text === null;
    say(box, text ?? '');
  }
}
