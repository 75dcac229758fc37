import { expect } from '@jest/globals';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly bytes: Buffer;
}

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly [member: string]: unknown;
}

const MEMBERS = ['type', 'title', 'status', 'code', 'detail'];
/** What some problems have for clients to act on. */
const MORE = ['degraded', 'range', 'allow', 'retryAt'];

/** What only the inside knows: traces, SQL, file names, classes, libraries, codes of theirs. */
const INTERNAL =
  /\bat \S+ \(|\.(ts|js|mjs):\d|node_modules|\/work\/|\/src\/|\/dist\/|\b(SELECT|INSERT|UPDATE|FROM day)\b|prisma|fastify|FST_|postgres|\bnest(js)?\b|Exception|Error:|undefined|\[object/i;

/** Asserts that the answer is a whole problem of that status and code and tells nothing internal. @returns it */
export function expectProblem(answer: HttpAnswer, status: number, code: string): Problem {
  const problem = expectAnyProblem(answer);
  expect({ status: answer.status, code: problem.code }).toEqual({ status, code });
  return problem;
}

export function expectAnyProblem(answer: HttpAnswer): Problem {
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(answer.headers['cache-control']).toBe('no-store');
  const problem = JSON.parse(answer.text) as Problem;
  expect(Object.keys(problem).slice(0, MEMBERS.length)).toEqual(MEMBERS);
  expect(MORE).toEqual(expect.arrayContaining(Object.keys(problem).slice(MEMBERS.length)));
  expect('retryAt' in problem).toBe('retry-after' in answer.headers);
  expect(problem.status).toBe(answer.status);
  expect(problem.type).toBe('about:blank');
  expect(problem.code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
  expect(problem.title).not.toBe('');
  expect(problem.detail).not.toBe('');
  expect(answer.text).not.toMatch(INTERNAL);
  return problem;
}
