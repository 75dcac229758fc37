/** Modes that `pg` 8 treats as `verify-full`. It warns of them at each start, because `pg` 9 will verify less. */
const VERIFYING = new Set(['prefer', 'require', 'verify-ca']);

/**
 * The URL with the explicit name of the certificate verification that `pg` does anyway.
 *
 * With `uselibpqcompat=true` the modes keep libpq's meaning. `sslrootcert=system` is libpq's name for the authorities that the
 * machine trusts, which `pg` would take for a file. libpq allows it only with `verify-full`.
 */
export function withExplicitTls(url: string): string {
  const explicit = new URL(url);
  const { searchParams } = explicit;
  const isSystem = searchParams.get('sslrootcert') === 'system';
  const isAlias = VERIFYING.has(searchParams.get('sslmode') ?? '') && searchParams.get('uselibpqcompat') !== 'true';
  if (!isSystem && !isAlias) return url;
  if (isSystem) searchParams.delete('sslrootcert');
  searchParams.set('sslmode', 'verify-full');
  return explicit.href;
}
