export interface Place {
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
}

const EVERYWHERE: Readonly<Record<string, string>> = {
  '': '127.0.0.1',
  '*': '127.0.0.1',
  '0.0.0.0': '127.0.0.1',
  '::': '::1',
};
const USUAL_PORT = 4_000;

/** Where a server that listens on HOST and PORT is asked from its own machine. Both as the environment has them. */
export function whereToAsk(host = '', port = ''): Place {
  const address = host.trim().replace(/^\[(.*)\]$/, '$1');
  return { host: EVERYWHERE[address] ?? address, port: Number(port) || USUAL_PORT };
}
