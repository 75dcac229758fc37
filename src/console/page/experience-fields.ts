type Values = Readonly<Record<string, string>>;

/** Of a form: what was filled in. */
export function filledIn(values: Values): Record<string, string> {
  const trimmed = Object.entries(values).map(([name, value]) => [name, value.trim()] as const);
  return Object.fromEntries(trimmed.filter(([, value]) => value !== ''));
}

/** Of a form: what is another than before; null: it was left empty. */
export function touched(values: Values, before: Values): Record<string, string | null> {
  const trimmed = Object.entries(values).map(([name, value]) => [name, value.trim()] as const);
  const changed = trimmed.filter(([name, value]) => value !== (before[name] ?? ''));
  return Object.fromEntries(changed.map(([name, value]) => [name, value === '' ? null : value]));
}
