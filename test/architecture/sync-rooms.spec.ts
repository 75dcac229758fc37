import { describe, expect, it } from '@jest/globals';
import { sourceFiles } from './source-files.js';

/** The rooms of the sync in their order, and exactly which rooms above it each one imports. */
const ROOMS: readonly (readonly [room: string, imports: readonly string[]])[] = [
  ['model', []],
  ['budget', []],
  ['window', []],
  ['rates', ['model', 'budget', 'window']],
  ['accuracy', ['model', 'window', 'rates']],
  ['schedule', ['model', 'window', 'rates']],
  ['capacity', ['model', 'budget', 'rates']],
  ['pause', []],
  ['subscriptions', ['budget', 'pause']],
  ['fetch', ['accuracy', 'budget', 'window', 'rates', 'schedule', 'capacity', 'pause', 'model']],
  ['monitoring', ['model', 'budget', 'window', 'rates', 'schedule', 'capacity', 'pause', 'subscriptions', 'fetch']],
  ['backfill', ['window', 'schedule', 'fetch', 'monitoring']],
  ['suppliers', ['budget', 'schedule', 'pause', 'subscriptions', 'monitoring']],
];

const files = sourceFiles()
  .filter(({ path }) => path.startsWith('sync/'))
  .map(({ path, imports }) => ({
    room: roomOf(path),
    imports: imports.filter(({ to }) => to.startsWith('sync/')).map(({ to }) => roomOf(to)),
  }));

describe('the rooms of the sync', () => {
  it('are these, beside the files that put them together', () => {
    const rooms = new Set(files.map(({ room }) => room).filter((room) => room !== ''));
    expect([...rooms].toSorted()).toEqual(ROOMS.map(([room]) => room).toSorted());
  });

  it.each(ROOMS)('%s imports exactly these rooms', (room, expected) => {
    const own = files.filter((file) => file.room === room);
    const found = new Set(own.flatMap(({ imports }) => imports).filter((target) => target !== room));
    expect([...found].toSorted()).toEqual([...expected].toSorted());
  });

  it('import only rooms above them', () => {
    const order = ROOMS.map(([room]) => room);
    const upward = ROOMS.flatMap(([room, imports]) =>
      imports.filter((target) => order.indexOf(target) >= order.indexOf(room)).map((target) => `${room} → ${target}`),
    );
    expect(upward).toEqual([]);
  });
});

/** Empty: directly in `sync`. */
function roomOf(path: string): string {
  const [, room = '', file] = path.split('/');
  return file === undefined ? '' : room;
}
