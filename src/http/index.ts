export { AdminGuard } from './admin.guard.js';
export { ApiProblem, type ProblemBody, type ProblemCode } from './api-problem.js';
export { CROSS_ORIGIN } from './cross-origin.js';
export { sendFresh, type FreshAnswer } from './fresh-answer.js';
export { FrontDoor, type ServerTimeouts } from './front-door.js';
export { HttpModule } from './http.module.js';
export { ProblemFilter } from './problem.filter.js';
export { ReadGate } from './read-gate.js';
export { ResponseCache, type AnswerSubject, type CacheableAnswer, type Hits } from './response-cache.js';
