import { createHook } from 'node:async_hooks';

/**
 * Each answer takes several ticks (`process.nextTick`), and each tick is an object. V8 makes it in no time while it knows its
 * shape, but a full collection at a moment without any tick forgets the shape; that of the next counts as another, and from
 * then on, for good, each is made step by step in V8's runtime: a sixth of what an answer from memory costs. A process that
 * has much to plan after its start gets there. So one tick is kept, and its shape with it. Undefined where Node makes none
 * that can be seen.
 */
export let keptTick: object | undefined;

const hook = createHook({
  init: (_id, type, _trigger, resource) => {
    if (type === 'TickObject') keptTick = resource;
  },
}).enable();
process.nextTick(() => undefined);
// Watching costs each tick and each promise: only this one was.
hook.disable();
