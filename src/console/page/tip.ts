import { byId } from './dom.js';

/** What is under the pointer. @param text undefined: nothing is */
export function showTip(text: string | undefined, { x, y }: { readonly x: number; readonly y: number }): void {
  const tip = byId('tip');
  tip.hidden = text === undefined;
  if (text === undefined) return;
  tip.textContent = text;
  const { offsetWidth: width, offsetHeight: height } = tip;
  tip.style.left = `${Math.max(8, Math.min(x + 14, window.innerWidth - width - 8))}px`;
  tip.style.top = `${y + 18 + height > window.innerHeight ? y - height - 10 : y + 18}px`;
}
