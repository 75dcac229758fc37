import { setFlagsFromString } from 'node:v8';

/**
 * V8 lets a heap that is collected quickly grow to four times of what is alive in it. Ours is, and a server that shares a
 * machine with its database has better uses for that memory: collect when it has grown by so much, percent.
 */
const GROWTH = 40;

setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
