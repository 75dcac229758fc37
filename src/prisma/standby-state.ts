import type { StandbyState } from './replica.shape.js';

/** Where a database stands, as it tells itself. */
export interface Position {
  /** The cluster that it is, or is a copy of. */
  readonly system: string;
  /** Whether it follows another one. */
  readonly standby: boolean;
  /** Bytes of the write-ahead log that it has written, or replayed as a standby; null: it does not tell. */
  readonly position: bigint | null;
}

export interface PrimaryPosition extends Position {
  readonly position: bigint;
}

/**
 * @param primary as it stood after the standby was asked; undefined: it does not answer
 * @param needed the position that the primary had a moment ago; undefined: it was not asked so far
 */
export function standbyState(
  standby: Position,
  primary: PrimaryPosition | undefined,
  needed: bigint | undefined,
): StandbyState {
  if (!standby.standby) return 'not_standby';
  // No standby is ahead of what it follows.
  if (primary && (standby.system !== primary.system || (standby.position ?? 0n) > primary.position))
    return 'other_database';
  if (needed === undefined) return 'unchecked';
  return standby.position === null || standby.position < needed ? 'behind' : 'serving';
}

/** Samples that are kept: beyond that, the lag is told from the oldest one. */
const MOST_SAMPLES = 600;

/** How long ago the primary wrote what the standby lacks, by looks at both. */
export class ReplayLag {
  private first: bigint | undefined;
  private samples: { readonly position: bigint; readonly atMs: number }[] = [];

  /** The primary stood there at that instant. */
  note(position: bigint, atMs: number): void {
    this.first ??= position;
    if (this.samples.length < MOST_SAMPLES && position > (this.samples.at(-1)?.position ?? -1n))
      this.samples.push({ position, atMs });
  }

  /** Milliseconds; 0: the standby at that position lacks nothing that was noted. Null: it lacks what is older than the first look. */
  of(replayed: bigint, nowMs: number): number | null {
    if (this.first !== undefined && replayed < this.first) return null;
    this.samples = this.samples.filter(({ position }) => position > replayed);
    const [oldest] = this.samples;
    return oldest ? nowMs - oldest.atMs : 0;
  }
}
