import { setFlagsFromString } from 'node:v8';

/**
 * V8 watches which places make objects that last, and has them made among the old ones from then on. What an answer is made of
 * lasts no longer than the answer; but while many wait for the database, enough of it is alive at each collection to be taken
 * for lasting. Then all that hangs on it, the body above all, stays until a full collection, and full collections follow one
 * another: a third of what a missed read costs, and nearly half of its p99. What does last (kept answers, connections) gets
 * among the old ones by itself, a collection later.
 */
setFlagsFromString('--no-allocation-site-pretenuring');
