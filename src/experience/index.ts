export { Catalogue, type AddedExperience, type ExperienceEntry, type NewExperience } from './catalogue.js';
export { CacheMisses } from './cache-misses.js';
export { DayRequests, type RequestOutcome } from './day-requests.js';
export { ExperienceModule } from './experience.module.js';
export { unknownExperience } from './experience-report.js';
export { ExperienceRequest } from './experience-request.js';
export { ReadTally, type ReadCounts } from './read-tally.js';
