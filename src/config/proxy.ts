import shouldBypassProxy from 'axios/unsafe/helpers/shouldBypassProxy.js';
import { getProxyForUrl } from 'proxy-from-env';

/** A proxy that requests go through. */
export interface Proxy {
  /** `host:port`; never its credentials. */
  readonly host: string;
  /** The environment variable that names it. */
  readonly variable: string;
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };
const EXAMPLE = '127.0.0.1:3128';

/**
 * The proxy that axios takes for a URL. It reads the environment of the process itself, so that is what counts here:
 * neither `.env` nor overrides.
 */
export function proxyFor(url: string): Proxy | null {
  const named = proxyVariable(url);
  return named && { host: hostOf(named.value) ?? EXAMPLE, variable: named.variable };
}

/** What keeps that proxy from being used, as a sentence that begins with the variable and repeats no credentials. */
export function proxyProblem(url: string): string | null {
  const named = proxyVariable(url);
  if (!named) return null;
  const { value, variable } = named;
  // Without one, axios takes that of the URL: it would speak TLS to a proxy that does not.
  if (!value.includes('://')) {
    return `${variable}: write it with its scheme, like http://${hostOf(`http://${value}`) ?? EXAMPLE}`;
  }
  if (hostOf(value) !== null) return null;
  return `${variable}: this is not the URL of an HTTP proxy; write one like http://${EXAMPLE}`;
}

interface NamedProxy {
  readonly variable: string;
  readonly value: string;
}

function proxyVariable(url: string): NamedProxy | null {
  if (!URL.canParse(url) || getProxyForUrl(url) === '' || shouldBypassProxy(url)) return null;
  const ofScheme = `${new URL(url).protocol.slice(0, -1)}_proxy`;
  return [ofScheme, 'all_proxy'].map(lowerOrUpper).find((each) => each !== null) ?? null;
}

/** In the order in which they are looked at. */
function lowerOrUpper(name: string): NamedProxy | null {
  for (const variable of [name, name.toUpperCase()]) {
    const value = process.env[variable];
    if (value) return { variable, value };
  }
  return null;
}

function hostOf(proxy: string): string | null {
  if (!URL.canParse(proxy)) return null;
  const { protocol, hostname, port } = new URL(proxy);
  const defaultPort = DEFAULT_PORTS[protocol];
  return defaultPort === undefined ? null : `${hostname}:${port || defaultPort}`;
}
