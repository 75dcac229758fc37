import { setFlagsFromString } from 'node:v8';

/**
 * V8 watches which places make objects that last, and has them made among the old ones from then on. What an answer is made of
 * lasts no longer than the answer; but while many wait for the database, enough of it is alive at each collection to be taken
 * for lasting. Then all that hangs on it, the body above all, stays until a full collection, and full collections follow one
 * another: a third of what a missed read costs, and twice its p99. Nothing here is made in numbers and lasts.
 */
setFlagsFromString('--no-allocation-site-pretenuring');
