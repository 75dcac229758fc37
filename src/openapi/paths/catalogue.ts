import { EXAMPLES } from '../examples.js';
import { operation, type Part } from '../operation.js';
import { cursor, experienceId, limit } from '../parameters.js';
import { ref } from '../schema-parts.js';

const TAG = 'Catalogue';
const ONE = { description: 'The experience', schema: ref('Experience'), example: EXAMPLES.experience };

/** What is mirrored. */
export const CATALOGUE: Part = {
  '/api/v1/experience': {
    get: operation({
      id: 'listExperiences',
      tag: TAG,
      summary: 'What is mirrored, by id',
      parameters: [limit(500, 'all'), cursor],
      answers: [{ description: 'The experiences', schema: ref('ExperienceList'), example: EXAMPLES.experiences }],
      problems: ['DATABASE_UNAVAILABLE'],
    }),
  },
  '/api/v1/experience/{id}': {
    get: operation({
      id: 'getExperience',
      tag: TAG,
      summary: 'One experience',
      parameters: [experienceId],
      answers: [ONE],
      problems: ['INVALID_EXPERIENCE_ID', 'EXPERIENCE_NOT_FOUND', 'DATABASE_UNAVAILABLE'],
    }),
    put: operation({
      id: 'putExperience',
      tag: TAG,
      summary: 'Add an experience, or change its name or zone',
      description: 'What is not named stays as it is. Another zone has other days: they are planned anew.',
      parameters: [experienceId],
      body: { schema: ref('ExperienceRequest'), example: { name: 'Harbour cruise', timeZone: 'Asia/Singapore' } },
      answers: [ONE, { ...ONE, status: 201, description: 'It was added' }],
      problems: ['INVALID_EXPERIENCE_ID'],
      admin: true,
    }),
    delete: operation({
      id: 'removeExperience',
      tag: TAG,
      summary: 'Remove an experience, and what is known of it',
      description: 'EXPERIENCES does not put it back at the next start; a PUT does.',
      parameters: [experienceId],
      answers: [{ status: 204, description: 'It is gone' }],
      problems: ['INVALID_EXPERIENCE_ID', 'EXPERIENCE_NOT_FOUND'],
      admin: true,
    }),
  },
  '/api/v1/experience/{id}/pause': {
    post: operation({
      id: 'pauseExperience',
      tag: TAG,
      summary: 'Ask the supplier nothing more for it; it is still served',
      parameters: [experienceId],
      body: {
        schema: ref('PauseRequest'),
        example: { reason: 'price list under review', until: '2030-01-01T06:00:00Z' },
      },
      answers: [ONE],
      problems: ['INVALID_EXPERIENCE_ID', 'EXPERIENCE_NOT_FOUND'],
      admin: true,
    }),
  },
  '/api/v1/experience/{id}/resume': {
    post: operation({
      id: 'resumeExperience',
      tag: TAG,
      summary: 'End its pause',
      parameters: [experienceId],
      answers: [ONE],
      problems: ['INVALID_EXPERIENCE_ID', 'EXPERIENCE_NOT_FOUND'],
      admin: true,
    }),
  },
};
