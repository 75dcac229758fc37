import { experience, experiencePage, EXPERIENCES_LIMIT } from '../../experience/experience.shape.js';
import { ExperienceChangeRequest, ExperienceRequest } from '../../experience/index.js';
import { PauseRequest } from '../../http/index.js';
import { KNOWN, type Paths } from '../operation.js';
import { cursor, experienceId, ifNoneMatch, limit } from '../parameters.js';

const TAG = 'Catalogue';
const ONE = { description: 'The experience', schema: experience };

/** What is mirrored. */
export const CATALOGUE: Paths = {
  '/api/v1/experience': {
    get: {
      id: 'listExperiences',
      tag: TAG,
      summary: 'What is mirrored, by id',
      parameters: [limit(EXPERIENCES_LIMIT), cursor, ifNoneMatch],
      answers: [{ description: 'The experiences', schema: experiencePage, headers: ['ETag'] }, KNOWN],
      problems: ['TOO_MANY_REQUESTS', 'OVERLOADED', 'DATABASE_UNAVAILABLE'],
    },
  },
  '/api/v1/experience/{id}': {
    get: {
      id: 'getExperience',
      tag: TAG,
      summary: 'One experience',
      parameters: [experienceId, ifNoneMatch],
      answers: [{ ...ONE, headers: ['ETag'] }, KNOWN],
      problems: [
        ...(['INVALID_EXPERIENCE_ID', 'EXPERIENCE_NOT_FOUND'] as const),
        ...(['TOO_MANY_REQUESTS', 'OVERLOADED', 'DATABASE_UNAVAILABLE'] as const),
      ],
    },
    put: {
      id: 'putExperience',
      tag: TAG,
      summary: 'Add an experience, or change its name or zone',
      description:
        'What is not named stays as it is. Another zone has other days: they are planned anew. With `If-None-Match: *` it is only added. 404: it was removed meanwhile, and nothing was changed.',
      parameters: [experienceId, ifNoneMatch],
      body: ExperienceRequest,
      answers: [ONE, { ...ONE, status: 201, description: 'It was added' }],
      problems: ['INVALID_EXPERIENCE_ID', 'EXPERIENCE_EXISTS', 'EXPERIENCE_NOT_FOUND'],
      admin: true,
    },
    patch: {
      id: 'changeExperience',
      tag: TAG,
      summary: 'Change the name or zone of an experience',
      description:
        'What is not named stays as it is. Another zone has other days: they are planned anew. It adds nothing.',
      parameters: [experienceId],
      body: ExperienceChangeRequest,
      answers: [ONE],
      problems: ['INVALID_EXPERIENCE_ID', 'EXPERIENCE_NOT_FOUND'],
      admin: true,
    },
    delete: {
      id: 'removeExperience',
      tag: TAG,
      summary: 'Remove an experience, and what is known of it',
      description: 'EXPERIENCES does not put it back at the next start; a PUT does.',
      parameters: [experienceId],
      answers: [{ status: 204, description: 'It is gone' }],
      problems: ['INVALID_EXPERIENCE_ID', 'EXPERIENCE_NOT_FOUND'],
      admin: true,
    },
  },
  '/api/v1/experience/{id}/pause': {
    post: {
      id: 'pauseExperience',
      tag: TAG,
      summary: 'Ask the supplier nothing more for it; it is still served',
      parameters: [experienceId],
      body: PauseRequest,
      answers: [ONE],
      problems: ['INVALID_EXPERIENCE_ID', 'EXPERIENCE_NOT_FOUND'],
      admin: true,
    },
  },
  '/api/v1/experience/{id}/resume': {
    post: {
      id: 'resumeExperience',
      tag: TAG,
      summary: 'End its pause',
      parameters: [experienceId],
      answers: [ONE],
      problems: ['INVALID_EXPERIENCE_ID', 'EXPERIENCE_NOT_FOUND'],
      admin: true,
    },
  },
};
