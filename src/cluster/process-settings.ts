import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigModule, DatabaseSettings, ServerSettings, SupplierSettings } from '../config/index.js';

/** A worker's drain waits for the partner's answers, and then has these to record and to close. */
const TO_CLOSE_MS = 5_000;

/** What has to be known before it is clear how many processes there are. */
export interface ProcessSettings {
  readonly database: DatabaseSettings;
  readonly server: ServerSettings;
  /** How long a process that was asked to end may take. */
  readonly graceMs: number;
}

/** @throws EnvironmentError */
export async function processSettings(logger: LoggerService): Promise<ProcessSettings> {
  const module = await ConfigModule.read();
  const context = await NestFactory.createApplicationContext(module, { logger, abortOnError: false });
  try {
    return {
      database: context.get(DatabaseSettings),
      server: context.get(ServerSettings),
      graceMs: context.get(SupplierSettings).timeoutMs + TO_CLOSE_MS,
    };
  } finally {
    await context.close();
  }
}
