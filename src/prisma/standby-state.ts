import type { StandbyState } from './replica.shape.js';

/** The state of replication of a database, as it reports it. */
export interface Position {
  /** The identifier of the cluster, which its copies share. */
  readonly system: string;
  /** Whether it is a standby of another database. */
  readonly standby: boolean;
  /** Bytes of the write-ahead log that it has written, or replayed as a standby; null: not reported. */
  readonly position: bigint | null;
}

export interface PrimaryPosition extends Position {
  readonly position: bigint;
}

/**
 * @param primary its state, read after that of the standby; undefined: it does not answer
 * @param needed the position of the primary a moment ago; undefined: not known so far
 */
export function standbyState(
  standby: Position,
  primary: PrimaryPosition | undefined,
  needed: bigint | undefined,
): StandbyState {
  if (!standby.standby) return 'not_standby';
  // No standby is ahead of its primary.
  if (primary && (standby.system !== primary.system || (standby.position ?? 0n) > primary.position))
    return 'other_database';
  if (needed === undefined) return 'unchecked';
  return standby.position === null || standby.position < needed ? 'behind' : 'serving';
}

/** The most samples that are kept. A longer lag is measured from the oldest one. */
const MOST_SAMPLES = 600;

/** How long ago the primary wrote the first data that the standby lacks, from samples of the positions. */
export class ReplayLag {
  private first: bigint | undefined;
  private samples: { readonly position: bigint; readonly atMs: number }[] = [];

  /** Notes the position of the primary at an instant. */
  note(position: bigint, atMs: number): void {
    this.first ??= position;
    if (this.samples.length < MOST_SAMPLES && position > (this.samples.at(-1)?.position ?? -1n))
      this.samples.push({ position, atMs });
  }

  /** Milliseconds; 0: a standby at that position lacks nothing noted; null: it lacks data older than the first sample. */
  of(replayed: bigint, nowMs: number): number | null {
    if (this.first !== undefined && replayed < this.first) return null;
    this.samples = this.samples.filter(({ position }) => position > replayed);
    const [oldest] = this.samples;
    return oldest ? nowMs - oldest.atMs : 0;
  }
}
