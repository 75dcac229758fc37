import { Global, Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { ConfigModule as NestConfigModule, ConfigService } from '@nestjs/config';
import {
  DatabaseSettings,
  MirrorSettings,
  OctoSettings,
  readSettings,
  ServerSettings,
  type Settings,
} from './settings.js';
import { SuppliersSettings } from './supplier-settings.js';

/** What a caller says about the environment beside what the process has. */
export interface EnvironmentSource {
  /** What wins over the process's own variables and over `.env`, given those. An empty value unsets. */
  readonly overrides?: (given: Readonly<Record<string, unknown>>) => Readonly<Record<string, string>>;
  /** Only `overrides` count: neither the process's variables nor `.env` are read. */
  readonly only?: boolean;
}

function section(type: Type, key: keyof Settings): Provider {
  return {
    provide: type,
    inject: [ConfigService],
    useFactory: (config: ConfigService<Settings, true>) => config.getOrThrow<unknown>(key),
  };
}

const SECTIONS = [DatabaseSettings, ServerSettings, SuppliersSettings, MirrorSettings, OctoSettings];

/** Parses the environment once and gives each section under its class as token. */
@Global()
@Module({
  providers: [
    section(DatabaseSettings, 'database'),
    section(ServerSettings, 'server'),
    section(SuppliersSettings, 'suppliers'),
    section(MirrorSettings, 'mirror'),
    section(OctoSettings, 'octo'),
  ],
  exports: SECTIONS,
})
export class ConfigModule {
  /** @throws EnvironmentError that lists every problem */
  static async read(source: EnvironmentSource = {}): Promise<DynamicModule> {
    return { module: ConfigModule, imports: [await ConfigModule.source(source, () => undefined)] };
  }

  /** The same without an application: for what has to be known before there is one. */
  static async settings(source: EnvironmentSource = {}): Promise<Settings> {
    return new Promise((resolve, reject) => {
      ConfigModule.source(source, resolve).catch(reject);
    });
  }

  private static source(
    { overrides = () => ({}), only = false }: EnvironmentSource,
    onRead: (settings: Settings) => void,
  ): Promise<DynamicModule> {
    return NestConfigModule.forRoot({
      ignoreEnvFile: only,
      ignoreEnvVars: only,
      skipProcessEnv: true,
      cache: true,
      isGlobal: true,
      // Sections, not single values, are what is kept: Nest writes top-level strings back into process.env.
      validate: (raw) => {
        const settings = readSettings({ ...raw, ...overrides(raw) });
        onRead(settings);
        return { ...settings };
      },
    });
  }
}
