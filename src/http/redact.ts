/** Shorter ones stand in too many other words. */
const SHORTEST = 6;

/**
 * Makes what takes secrets out of texts: the last line of defence, for what should not have got there in the first place.
 * @param secrets keys and passwords, as they are
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const known = secrets
    .filter((secret) => secret.length >= SHORTEST)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
    // The longest first: one may be the beginning of another.
    .toSorted((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const secret of known) clean = clean.replaceAll(secret, '***');
    return clean
      .replaceAll(/(\b[a-z][a-z+.-]*:\/\/[^\s:@/"]*:)[^\s@"]+@/gi, '$1***@')
      .replaceAll(/\b(Bearer|Basic) +[A-Za-z0-9._~+/=-]+/gi, '$1 ***')
      .replaceAll(/(x-api-key"?\s*[:=]\s*"?)[^\s",}]+/gi, '$1***');
  };
}
