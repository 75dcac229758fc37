import { describe, expect, it } from '@jest/globals';
import { RequestLog } from './request-log.js';

const REQUEST = {
  api: 'leap',
  route: 'GET /inventory/:id',
  experienceId: 14,
  option: null,
  date: null,
  lastDate: null,
  status: 200,
} as const;

describe('the request log', () => {
  it('keeps the last ones, in order', () => {
    const log = new RequestLog(3);
    for (let at = 0; at < 10; at += 1) {
      log.add({ ...REQUEST, at });
      expect(log.list().map((entry) => entry.at)).toEqual([at - 2, at - 1, at].filter((each) => each >= 0));
    }
    log.clear();
    expect(log.list()).toEqual([]);
  });
});
