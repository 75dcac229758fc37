/** Texts cut to the width of a column. To measure is slow, and the map draws the same names with every frame. */
export class ShortLabels {
  private readonly known = new Map<string, string>();
  private room = 0;

  /** @param width of a text */
  fit(text: string, room: number, width: (text: string) => number): string {
    if (room !== this.room) {
      this.known.clear();
      this.room = room;
    }
    let label = this.known.get(text);
    if (label === undefined) {
      label = shortened(text, room, width);
      this.known.set(text, label);
    }
    return label;
  }
}

function shortened(text: string, room: number, width: (text: string) => number): string {
  if (width(text) <= room) return text;
  let end = text.length;
  while (end > 1 && width(`${text.slice(0, end)}…`) > room) end--;
  return `${text.slice(0, end)}…`;
}
