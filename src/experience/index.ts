export { Catalogue } from './catalogue.js';
export type { AddedExperience, ExperienceEntry, NewExperience } from './catalogue-entry.js';
export { CacheMisses } from './cache-misses.js';
export { DemandFetch } from './demand-fetch.js';
export { DayRequests, type RequestOutcome } from './day-requests.js';
export { ExperienceModule } from './experience.module.js';
export { unknownExperience } from './experience-report.js';
export { ExperienceRequest } from './experience-request.js';
export { ReadTally, type ReadCounts } from './read-tally.js';
