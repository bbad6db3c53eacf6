import { openEmbedded } from './embedded/embedded.ts';

export interface DatabaseSettings {
  /** `DATABASE_URL`: an outside PostgreSQL 18, perhaps behind a pooler; without it the embedded one is used. */
  url?: string;
  /** `DATABASE_DIRECT_URL`: the same database past the pooler, for LISTEN, migrations and locks. */
  directUrl?: string;
  /** `GUANXI_DATA_DIR`: where the embedded database lies. */
  dataDir: string;
}

export interface OpenedDatabase {
  url: string;
  directUrl: string;
  /** To be called when the last connection is closed; stops the embedded server unless others use it. */
  release(): Promise<void>;
}

export function databaseSettings(env: NodeJS.ProcessEnv = process.env): DatabaseSettings {
  return {
    url: env.DATABASE_URL || undefined,
    directUrl: env.DATABASE_DIRECT_URL || undefined,
    dataDir: env.GUANXI_DATA_DIR || './data',
  };
}

/** The database to work with: the outside one where it is set, else the embedded one of the data folder. */
export async function openDatabase(settings: DatabaseSettings): Promise<OpenedDatabase> {
  if (settings.url) {
    return { url: settings.url, directUrl: settings.directUrl ?? settings.url, release: async () => {} };
  }
  const { url, release } = await openEmbedded({ dataDir: settings.dataDir });
  return { url, directUrl: url, release };
}
