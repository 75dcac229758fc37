import { fragment } from '../../../prisma/index.js';

/** Always true. It names the second column of the indexes that claims read, so that others can read ranges of them. */
export const whetherClaimable = fragment`claimable IN (true, false)`;
