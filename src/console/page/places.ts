/** What the address names beside the view: what the panel at the side shows, or a problem. */
export type Place =
  | { readonly kind: 'experience'; readonly id: number }
  | { readonly kind: 'day'; readonly id: number; readonly date: string }
  | { readonly kind: 'supplier'; readonly name: string }
  | { readonly kind: 'products'; readonly name: string }
  | { readonly kind: 'webhook'; readonly id: string }
  /** In the list of what is wrong. */
  | { readonly kind: 'problem'; readonly supplier: string; readonly cause: string };

/** `#experience/14`, `#day/14/2026-03-29`, `#supplier/zaui`, `#supplier/zaui/products`, `#webhook/<id>`, `#problem/zaui/timeout` */
export function hashOf(place: Place): string {
  switch (place.kind) {
    case 'experience':
      return `#experience/${place.id}`;
    case 'day':
      return `#day/${place.id}/${place.date}`;
    case 'supplier':
      return `#supplier/${encodeURIComponent(place.name)}`;
    case 'products':
      return `#supplier/${encodeURIComponent(place.name)}/products`;
    case 'webhook':
      return `#webhook/${place.id}`;
    case 'problem':
      return `#problem/${encodeURIComponent(place.supplier)}/${encodeURIComponent(place.cause)}`;
  }
}

/** Undefined: the address names nothing. */
export function placeOf(hash: string): Place | undefined {
  const [, id] = /^#experience\/([1-9]\d{0,9})$/.exec(hash) ?? [];
  if (id !== undefined) return { kind: 'experience', id: Number(id) };
  const [, dayOf, date] = /^#day\/([1-9]\d{0,9})\/(\d{4}-\d\d-\d\d)$/.exec(hash) ?? [];
  if (dayOf !== undefined && date !== undefined) return { kind: 'day', id: Number(dayOf), date };
  const [, webhook] = /^#webhook\/([0-9a-f-]{36})$/.exec(hash) ?? [];
  if (webhook !== undefined) return { kind: 'webhook', id: webhook };
  const [, of, problem] = /^#problem\/([^/]+)\/([^/]+)$/.exec(hash) ?? [];
  const [supplier, cause] = [decoded(of ?? '%'), decoded(problem ?? '%')];
  if (supplier !== undefined && cause !== undefined) return { kind: 'problem', supplier, cause };
  const [, encoded, products] = /^#supplier\/([^/]+)(\/products)?$/.exec(hash) ?? [];
  const name = encoded === undefined ? undefined : decoded(encoded);
  return name === undefined ? undefined : { kind: products === undefined ? 'supplier' : 'products', name };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
