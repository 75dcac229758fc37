export { Catalogue, type ExperienceEntry } from './catalogue.js';
export { ExperienceModule } from './experience.module.js';
