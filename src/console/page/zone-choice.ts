import { byId, el } from './dom.js';
import { browserZone } from './zone.js';

/** Names the zone of all times of the page, and has another one chosen: the browser's, UTC, or one of the experiences. */
export class ZoneChoice {
  private readonly box = byId('zone');
  private zones: readonly string[] = [];
  private chosen = '';

  constructor(choose: (zone: string) => void) {
    this.box.addEventListener('input', () => choose(this.box instanceof HTMLSelectElement ? this.box.value : ''));
  }

  show(chosen: string): void {
    this.chosen = chosen;
    this.offer(this.zones);
  }

  /** @param zones those of the experiences */
  offer(zones: readonly string[]): void {
    this.zones = zones;
    const own = browserZone();
    const others = [...new Set(['UTC', ...zones, this.chosen])].filter((zone) => zone !== '' && zone !== own).sort();
    const all = ['', ...others];
    if (this.box.childElementCount !== all.length) {
      const texts = [`${own} (yours)`, ...others];
      this.box.replaceChildren(...all.map((value, i) => el('option', { value, text: texts[i] ?? value })));
    }
    const shown = this.chosen === own ? '' : this.chosen;
    if (this.box instanceof HTMLSelectElement && this.box.value !== shown) this.box.value = shown;
  }
}
