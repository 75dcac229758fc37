import { ApiProblem } from '../../http/index.js';

/** A parameter of a query that may be given once. @throws ApiProblem INVALID_REQUEST */
export function onlyOnce(query: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new ApiProblem('INVALID_REQUEST', `The query parameter ${name} is given more than once. Give it once.`);
}
