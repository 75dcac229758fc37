/** A content coding that responses are sent in. */
export type Encoding = 'br' | 'gzip';

/** The better one first: it is chosen where a client accepts both alike. */
const CODINGS: readonly (readonly [Encoding, ...string[]])[] = [['br'], ['gzip', 'x-gzip']];
/** Clients send few different values. */
const MOST_KNOWN = 100;

const known = new Map<string, Encoding | undefined>();

/**
 * The encoding that the client prefers of those we have (RFC 9110, 12.5.3).
 * @param accepted its `Accept-Encoding`
 * @returns undefined: the body as it is
 */
export function preferredEncoding(accepted: string | undefined): Encoding | undefined {
  if (accepted === undefined) return undefined;
  if (known.has(accepted)) return known.get(accepted);
  const encoding = chosen(weightsOf(accepted));
  if (known.size < MOST_KNOWN) known.set(accepted, encoding);
  return encoding;
}

function chosen(weights: ReadonlyMap<string, number>): Encoding | undefined {
  const others = weights.get('*') ?? 0;
  // Where it is not named it is acceptable, but preferred to nothing.
  let most = weights.get('identity') ?? 0;
  let best: Encoding | undefined;
  for (const names of CODINGS) {
    const weight = names.map((name) => weights.get(name)).find((given) => given !== undefined) ?? others;
    if (weight > (best === undefined ? 0 : most) && weight >= most) [best, most] = [names[0], weight];
  }
  return best;
}

function weightsOf(accepted: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const part of accepted.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
    const given = parameters.map((text) => /^q\s*=\s*(\d(?:\.\d*)?)$/.exec(text)?.[1]).find((q) => q !== undefined);
    if (name !== '') weights.set(name, given === undefined ? 1 : Number(given));
  }
  return weights;
}
