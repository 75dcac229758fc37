import { errorCode, errorText } from './error-text.js';

/** OpenSSL codes: the server's certificate does not lead to an authority that is trusted here. */
const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
]);

const CERTIFICATE = new Set([
  ...UNTRUSTED,
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_REJECTED',
  'INVALID_PURPOSE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Messages of `pg` that have no code. */
const NO_TLS = 'The server does not support SSL connections';
const TLS_REFUSED = 'There was an error establishing an SSL connection';

/** PostgreSQL's message for a `hostssl` line of pg_hba.conf; "SSL off" before version 14. */
const TLS_WANTED = /no pg_hba\.conf entry .*(no encryption|SSL off)/;

/** Whether a connection failed because of TLS. Checks codes of OpenSSL and Node.js, and messages of `pg` itself. */
export function isTlsFailure(error: unknown): boolean {
  const code = errorCode(error) ?? '';
  return CERTIFICATE.has(code) || isHandshake(code) || [NO_TLS, TLS_REFUSED].includes(errorText(error));
}

/**
 * The cause of a TLS failure of the database connection and what to set, in one sentence.
 * @returns undefined: not a TLS failure
 */
export function tlsFailureText(error: unknown): string | undefined {
  const text = errorText(error);
  if (text === NO_TLS) return 'the server has no TLS: switch it on there (ssl = on), or take sslmode out of the URL';
  if (text === TLS_REFUSED)
    return 'what listens there does not speak PostgreSQL with TLS: check host and port of the URL';
  if (TLS_WANTED.test(text))
    return `the server lets nobody in without TLS, or not this user at all: add sslmode=verify-full to the URL, or a line to its pg_hba.conf (${text})`;
  return ofFile(error) ?? ofCertificate(errorCode(error) ?? '', text);
}

/** The failure of a file that the URL names. */
function ofFile(error: unknown): string | undefined {
  const { path, syscall } = Object(error) as { readonly path?: unknown; readonly syscall?: unknown };
  if (syscall !== 'open' || typeof path !== 'string') return undefined;
  return `sslrootcert, sslcert or sslkey in the URL names a file that cannot be read (${errorText(error)})`;
}

function ofCertificate(code: string, text: string): string | undefined {
  if (UNTRUSTED.has(code)) {
    return `the server’s certificate is not from an authority that is trusted here (${text}): name the file with its CA as sslrootcert in the URL, or in NODE_EXTRA_CA_CERTS`;
  }
  if (code === 'CERT_HAS_EXPIRED') {
    return 'the server’s certificate has expired: it must be renewed there, or the clock here be set';
  }
  if (code === 'CERT_NOT_YET_VALID') {
    return 'the server’s certificate is not valid yet: the clock here or there must be set';
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `the server’s certificate is for another name: use one that it is for as host of the URL (${text})`;
  }
  return isHandshake(code) ? `the server and we cannot agree on TLS (${reasonOf(text)})` : undefined;
}

function isHandshake(code: string): boolean {
  return code === 'EPROTO' || code.startsWith('ERR_SSL_');
}

/** `80…:error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:../deps/…:1601:SSL alert number 116` */
function reasonOf(text: string): string {
  return /:error:[^:]*:[^:]*:[^:]*:([^:]+)/.exec(text)?.[1] ?? text.trim();
}
