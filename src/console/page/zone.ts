let chosen = '';

/** The zone that all times of the page are in. */
export function pageZone(): string {
  return chosen === '' ? browserZone() : chosen;
}

export function browserZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** @param name an IANA name; empty: the browser's zone. @returns whether it is another one than before */
export function choosePageZone(name: string): boolean {
  const before = chosen;
  chosen = name;
  return name !== before;
}
