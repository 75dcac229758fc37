import { describe, expect, it } from '@jest/globals';
import { listenProblem } from './listen-problem.js';

const failed = (syscall: string, code: string): Error =>
  Object.assign(new Error(`${syscall} ${code}: what Node says`), { syscall, code });

describe('why a server cannot listen', () => {
  it.each([
    ['::', 80, 'listen', 'EAFNOSUPPORT', 'HOST "::": this machine has no IPv6 (EAFNOSUPPORT): set HOST to'],
    [
      '10.1.2.3',
      80,
      'listen',
      'EADDRNOTAVAIL',
      'HOST "10.1.2.3" is no address of this machine (EADDRNOTAVAIL): set HOST to',
    ],
    [
      'nowhere',
      80,
      'getaddrinfo',
      'ENOTFOUND',
      'HOST "nowhere" is a name that is not known here (ENOTFOUND): set HOST to',
    ],
    ['0.0.0.0', 80, 'listen', 'EACCES', 'PORT 80 is not for this user: set PORT to'],
  ])('is told by HOST=%s, PORT=%d, and %s %s', (host, port, syscall, code, told) => {
    const error = failed(syscall, code);
    const problem = listenProblem(error, { host, port }) as Error;
    expect(problem.message).toContain(told);
    expect(problem.cause).toBe(error);
  });

  it('is left as it is where it is about something else', () => {
    const errors = [failed('connect', 'ECONNREFUSED'), new Error('of ours'), new TypeError('of the program')];
    for (const error of errors) expect(listenProblem(error, { host: '::', port: 80 })).toBe(error);
  });
});
