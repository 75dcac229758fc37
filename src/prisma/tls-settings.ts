/** By what `pg` 8 does under them, names of `verify-full`; it warns of that at each start, for `pg` 9 will verify less. */
const VERIFYING = new Set(['prefer', 'require', 'verify-ca']);

/**
 * The URL with the verification of certificates that `pg` does anyway, asked for by its own name.
 *
 * Who asks for libpq's meaning of the modes (`uselibpqcompat=true`) gets it. `sslrootcert=system` is libpq's name for the
 * authorities that the machine trusts, which `pg` would take for a file; libpq allows it with `verify-full` only.
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
