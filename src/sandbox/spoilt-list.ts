/** A list, or whatever JSON was set by hand in its place: then there is nothing to spoil, and it stays as it is. */
export type Spoil = (body: unknown) => unknown;

export interface Spoilable {
  [field: string]: unknown;
}

export function firstSpoilt(spoil: (item: Spoilable) => Spoilable): Spoil {
  return (body) => spoilt(body, (list) => list.map((item, index) => (index === 0 ? spoil(item) : item)));
}

export function lastSpoilt(spoil: (item: Spoilable) => Spoilable): Spoil {
  return (body) => spoilt(body, (list) => list.map((item, i) => (i === list.length - 1 ? spoil(item) : item)));
}

export function without(item: Spoilable, ...fields: readonly string[]): Spoilable {
  return Object.fromEntries(Object.entries(item).filter(([field]) => !fields.includes(field)));
}

function spoilt(body: unknown, change: (list: Spoilable[]) => Spoilable[]): unknown {
  return Array.isArray(body) ? change(body as Spoilable[]) : body;
}
