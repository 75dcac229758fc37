import { describe, expect, it } from '@jest/globals';
import { JointWork } from './joint-work.js';

describe('work that is joined', () => {
  it('is done once for all who ask meanwhile, and anew for who asks later', async () => {
    let times = 0;
    const joint = new JointWork(() => Promise.resolve((times += 1)));
    expect(await Promise.all([joint.run(), joint.run(), joint.run()])).toEqual([1, 1, 1]);
    expect(await joint.run()).toBe(2);
  });

  it('fails for all who ask meanwhile, and is tried again later', async () => {
    const failures = [new Error('out of reach')];
    const joint = new JointWork(() => {
      const failure = failures.pop();
      return failure ? Promise.reject(failure) : Promise.resolve('done');
    });
    const ends = await Promise.allSettled([joint.run(), joint.run()]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await joint.run()).toBe('done');
  });
});
