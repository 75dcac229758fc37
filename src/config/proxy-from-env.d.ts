/** Neither is shipped with types. */
declare module 'proxy-from-env' {
  /** @returns the proxy that the process's environment names for the URL; empty: none */
  export function getProxyForUrl(url: string): string;
}

declare module 'axios/unsafe/helpers/shouldBypassProxy.js' {
  /** @returns whether NO_PROXY excepts the URL, by the rules that axios adds: CIDR blocks, names of the loopback */
  export default function shouldBypassProxy(url: string): boolean;
}
