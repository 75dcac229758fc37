import type { ServerSettings } from '../config/index.js';

const NO_IPV6: readonly (string | undefined)[] = ['EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EINVAL'];

/** Why the server cannot listen, and which setting to change; an error that is about something else as it is. */
export function listenProblem(error: unknown, { host, port }: Pick<ServerSettings, 'host' | 'port'>): unknown {
  const { syscall, code } = error as NodeJS.ErrnoException;
  if (syscall === 'getaddrinfo') return problemOf(`HOST "${host}" is a name that is not known here (${code})`, error);
  if (syscall !== 'listen' && syscall !== 'bind') return error;
  if (code === 'EACCES') {
    return new Error(`PORT ${port} is not for this user: set PORT to one from 1024 on.`, { cause: error });
  }
  if (host === '::' && NO_IPV6.includes(code))
    return problemOf(`HOST "${host}": this machine has no IPv6 (${code})`, error);
  return problemOf(`HOST "${host}" is no address of this machine (${code})`, error);
}

function problemOf(problem: string, cause: unknown): Error {
  return new Error(`${problem}: set HOST to one that is, or to 0.0.0.0 for all of them.`, { cause });
}
