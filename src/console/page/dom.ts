type Child = Node | string | null | undefined | false;

interface Attributes {
  readonly class?: string;
  readonly text?: string;
  readonly click?: (event: MouseEvent) => void;
  readonly disabled?: boolean;
  readonly [attribute: string]: unknown;
}

/** Makes an element. Texts become text nodes: what a supplier says is never taken for markup. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  { class: className, text, click, disabled, ...attributes }: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== undefined) element.className = className;
  if (text !== undefined) element.textContent = text;
  if (click) element.addEventListener('click', click as EventListener);
  if (disabled === true) element.setAttribute('disabled', '');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  for (const child of children) if (child !== null && child !== undefined && child !== false) element.append(child);
  return element;
}

/** A small picture that says nothing to screen readers. Sizes in CSS pixels; it is as sharp as the screen. */
export function picture(
  width: number,
  height: number,
  draw: (pen: CanvasRenderingContext2D) => void,
): HTMLCanvasElement {
  const ratio = window.devicePixelRatio || 1;
  const canvas = el('canvas', { 'aria-hidden': 'true' });
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const pen = canvas.getContext('2d');
  pen?.scale(ratio, ratio);
  if (pen) draw(pen);
  return canvas;
}

/** The element of the page with this id. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

export function inputById(id: string): HTMLInputElement {
  const element = byId(id);
  if (!(element instanceof HTMLInputElement)) throw new Error(`#${id} is no input`);
  return element;
}

/** What is entered or chosen in a field. */
export function valueOf(id: string): string {
  const element = byId(id);
  return element instanceof HTMLSelectElement ? element.value : inputById(id).value;
}

let hiding = 0;

/** Tells something in passing. */
export function notify(text: string): void {
  byId('notice').textContent = text;
  clearTimeout(hiding);
  hiding = window.setTimeout(() => (byId('notice').textContent = ''), 6_000);
}

/** What did not change is not said again: screen readers tell each change. */
export function say(box: HTMLElement, text: string): void {
  if (box.textContent !== text) box.textContent = text;
}

/** Shows one of two buttons where the other one was; the focus goes along. */
export function showInstead(shown: HTMLElement, hidden: HTMLElement): void {
  const focused = document.activeElement === hidden;
  shown.hidden = false;
  hidden.hidden = true;
  if (focused) shown.focus();
}

/** A colour of the style sheet, as it is in the present theme. A canvas resolves the names of forced colours by no theme. */
export function colour(name: string): string {
  const probe = el('span');
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

export function hasForcedColours(): boolean {
  return matchMedia('(forced-colors: active)').matches;
}
