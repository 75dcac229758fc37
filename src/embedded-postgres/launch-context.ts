import type { DataFolder } from './data-folder.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import type { ServerUser } from './server-user.js';

/** What every step of a launch needs. */
export interface LaunchContext {
  readonly binaries: PostgresBinaries;
  readonly folder: DataFolder;
  readonly user: ServerUser | undefined;
  readonly settings: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
}

/** The database's superuser, and its database. */
export const ROLE = 'slotmirror';
export const DATABASE = 'slotmirror';
