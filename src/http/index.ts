export { AdminGuard } from './admin.guard.js';
export { ApiProblem, type ProblemBody, type ProblemCode } from './api-problem.js';
export { sendFresh, type FreshAnswer } from './fresh-answer.js';
export { HttpModule } from './http.module.js';
export { ProblemFilter } from './problem.filter.js';
export { ReadGate } from './read-gate.js';
