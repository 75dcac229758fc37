import { ConfigModule, type Settings } from '../config/index.js';

/** A worker's drain waits for the supplier's answers, and then has these to record and to close. */
const TO_CLOSE_MS = 5_000;

/** What has to be known before it is clear how many processes there are. */
export interface ProcessSettings extends Settings {
  /** How long a process that was asked to end may take. */
  readonly graceMs: number;
}

/** @throws EnvironmentError */
export async function processSettings(): Promise<ProcessSettings> {
  const settings = await ConfigModule.settings();
  return { ...settings, graceMs: settings.suppliers.longestTimeoutMs + TO_CLOSE_MS };
}
