import { describe, expect, it } from '@jest/globals';
import { RequestLog } from './request-log.js';

describe('the request log', () => {
  it('keeps the last ones, in order', () => {
    const log = new RequestLog(3);
    for (let at = 0; at < 10; at += 1) {
      log.add({ at, experienceId: 14, date: null, status: 200 });
      expect(log.list().map((entry) => entry.at)).toEqual([at - 2, at - 1, at].filter((each) => each >= 0));
    }
    log.clear();
    expect(log.list()).toEqual([]);
  });
});
