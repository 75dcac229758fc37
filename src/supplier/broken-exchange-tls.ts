/** An error of a connection, from Node.js. */
export interface ConnectionError {
  readonly code: string;
  readonly message: string;
  /** The first received byte, if it was not HTTP. */
  readonly firstByte?: number | undefined;
}

/** The destination of the request. */
export interface Destination {
  /** `host:port`, the port only if it is not the default of the scheme. */
  readonly host: string;
  readonly secure: boolean;
}

/** OpenSSL codes: the certificate does not lead to an authority that is trusted here. */
const UNTRUSTED: readonly string[] = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
];

/** Types of TLS records: 21 is an alert, 22 a handshake (RFC 8446 5.1). */
const TLS_RECORDS: readonly (number | undefined)[] = [21, 22];

/** Messages of OpenSSL: the other side answered with something that is not TLS. */
const NOT_TLS = /wrong version number|packet length too long|unknown protocol|http request|record layer failure/i;

/**
 * The cause of a TLS failure and what to set, in one sentence.
 * @returns null: not a TLS failure
 */
export function tlsFailure(error: ConnectionError, { host, secure }: Destination): string | null {
  return secure ? (ofCertificate(error, host) ?? ofHandshake(error, host)) : ofPlainText(error, host);
}

function ofCertificate({ code, message }: ConnectionError, host: string): string | null {
  const certificate = `the certificate of ${host}`;
  if (UNTRUSTED.includes(code)) {
    return `${certificate} is not from an authority that is trusted here (${message}): name the file with its CA in NODE_EXTRA_CA_CERTS`;
  }
  if (code === 'CERT_HAS_EXPIRED')
    return `${certificate} has expired: it must be renewed there, or the clock here be set`;
  if (code === 'CERT_NOT_YET_VALID') return `${certificate} is not valid yet: the clock here or there must be set`;
  if (code !== 'ERR_TLS_CERT_ALTNAME_INVALID') return null;
  return `${certificate} is for another name: use one that it is for in the URL of the supplier (${message})`;
}

function ofHandshake({ code, message }: ConnectionError, host: string): string | null {
  if (code !== 'EPROTO' && !code.startsWith('ERR_SSL_')) return null;
  if (NOT_TLS.test(message)) {
    return `${host} does not speak TLS: use its port for https://, or http:// in the URL of the supplier (${reasonOf(message)})`;
  }
  return `${host} and we cannot agree on TLS (${reasonOf(message)})`;
}

/** TLS servers answer a plain request with an alert, or end the connection. */
function ofPlainText({ code, message, firstByte }: ConnectionError, host: string): string | null {
  if (code.startsWith('HPE_') && TLS_RECORDS.includes(firstByte)) {
    return `${host} speaks TLS: write https:// in the URL of the supplier`;
  }
  if (!message.includes('socket hang up')) return null;
  return `${code} ${message}; if ${host} speaks TLS, write https:// in the URL of the supplier`;
}

/** `write EPROTO 80…:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/…:350:` */
function reasonOf(message: string): string {
  return /:error:[^:]*:[^:]*:[^:]*:([^:]+)/.exec(message)?.[1] ?? message.trim();
}
