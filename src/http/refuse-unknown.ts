import { ApiProblem } from './api-problem.js';

/** A parameter that means nothing would be a spelling of its own for what is kept in memory, or a misspelt one. */
export function refuseUnknown(query: Readonly<Record<string, unknown>>, known: readonly string[]): void {
  const unknown = Object.keys(query).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const takes = known.length === 0 ? 'This route takes none' : `This route takes only ${known.join(', ')}`;
  throw new ApiProblem('INVALID_REQUEST', `The query parameter ${JSON.stringify(unknown)} is not known. ${takes}.`);
}
