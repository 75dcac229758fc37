/** @param epochMs null: not known */
export function dateOf(epochMs: number | null): Date | null {
  return epochMs === null ? null : new Date(epochMs);
}

/** An instant as JSON text. By `JSON.stringify` it would take twice as long, and some answers have hundreds. */
export function instantText(epochMs: number | null): string {
  return epochMs === null ? 'null' : `"${new Date(epochMs).toISOString()}"`;
}
