/** So many start times, evenly apart. */
export function slotTimes(first: string, everyMinutes: number, count: number): string[] {
  const [hours = 0, minutes = 0] = first.split(':').map(Number);
  return Array.from({ length: count }, (_, index) => clock(hours * 60 + minutes + index * everyMinutes));
}

function clock(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
