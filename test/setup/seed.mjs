import fc from 'fast-check';

/** Properties are checked with the same cases in every run; SEED gives others. */
fc.configureGlobal({ seed: Number(process.env.SEED ?? 1) });
