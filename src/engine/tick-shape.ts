import { createHook } from 'node:async_hooks';

/**
 * Each answer takes several turns of `process.nextTick`, and each turn is an object. V8 makes it in no time while it knows its
 * shape, but a full collection at a moment without any turn forgets the shape; the next one counts as another, and from then
 * on, for good, each turn is made step by step in V8's runtime: a sixth of what an answer from memory costs. A process that had
 * much to plan after its start got there. So one turn is kept, and its shape with it.
 */
let kept: object | undefined;

const hook = createHook({
  init: (_id, type, _trigger, resource) => {
    if (type === 'TickObject') kept = resource;
  },
}).enable();
process.nextTick(() => undefined);
// Watching costs each turn and each promise: only this one was.
hook.disable();

/** A turn that is kept; undefined where Node makes none that can be seen. */
export const keptTick = kept;
