/** Days by key, smallest first. A day has one key; setting it again moves it. */
export class DayHeap {
  private readonly days: number[] = [];
  private readonly place: Int32Array;
  private readonly keys: Float64Array;

  constructor(size: number) {
    this.place = new Int32Array(size).fill(-1);
    this.keys = new Float64Array(size);
  }

  first(): { readonly day: number; readonly key: number } | undefined {
    const day = this.days[0];
    return day === undefined ? undefined : { day, key: this.keys[day] ?? 0 };
  }

  has(day: number): boolean {
    return (this.place[day] ?? -1) >= 0;
  }

  set(day: number, key: number): void {
    this.keys[day] = key;
    let at = this.place[day] ?? -1;
    if (at < 0) at = this.days.push(day) - 1;
    this.put(day, at);
    this.down(this.up(at));
  }

  remove(day: number): void {
    const at = this.place[day] ?? -1;
    if (at < 0) return;
    this.place[day] = -1;
    const last = this.days.pop();
    if (last === undefined || last === day) return;
    this.put(last, at);
    this.down(this.up(at));
  }

  private up(from: number): number {
    const day = this.days[from] ?? 0;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const other = this.days[parent] ?? 0;
      if ((this.keys[other] ?? 0) <= (this.keys[day] ?? 0)) break;
      this.put(other, at);
      at = parent;
    }
    this.put(day, at);
    return at;
  }

  private down(from: number): void {
    const day = this.days[from] ?? 0;
    const key = this.keys[day] ?? 0;
    let at = from;
    for (let child = 2 * at + 1; child < this.days.length; child = 2 * at + 1) {
      const right = child + 1;
      const least = right < this.days.length && this.keyAt(right) < this.keyAt(child) ? right : child;
      if (this.keyAt(least) >= key) break;
      this.put(this.days[least] ?? 0, at);
      at = least;
    }
    this.put(day, at);
  }

  private keyAt(at: number): number {
    return this.keys[this.days[at] ?? 0] ?? 0;
  }

  private put(day: number, at: number): void {
    this.days[at] = day;
    this.place[day] = at;
  }
}
