import { createHook } from 'node:async_hooks';

/**
 * Keeps `process.nextTick` fast; to be imported before anything else.
 *
 * Each call makes an object, and V8 optimises the call for the shape of these objects. Shapes that no object has are collected. When
 * some collections find no call waiting, later calls get a new shape and take the slow path for as long as the process lives: a
 * response from memory costs a third more then (`test/bench/README.md`). One object that stays keeps the shape.
 */
export let kept: object | undefined;

const hook = createHook({
  init(_id, type, _trigger, resource) {
    if (type === 'TickObject') kept = resource;
  },
});
hook.enable();
process.nextTick(() => undefined);
hook.disable();
