import type { Context, Db } from '../../../platform/context/context.ts';
import type { WireRecord } from '../../../platform/entity/meta.shared.ts';
import { readSetting } from '../../../platform/settings/setting.ts';
import { usualLegalEntity } from './read.ts';

/** The setting that holds the picture of our seal; its name is older than the papers it stands on now. */
export const SEAL = 'quotes.seal';

/** The picture of our seal as a data URL. Only what has been let through bears it. */
export const readSeal = async (db: Db): Promise<string | undefined> =>
  (await readSetting<string | null>(db, SEAL)) ?? undefined;

/** In whose name a record is done: its own legal entity, else the usual one. */
export const sellerOfRecord = {
  entity: 'legalEntity',
  of: async (ctx: Context, record: WireRecord): Promise<string | null> =>
    (record.legalEntity as { id: string } | null | undefined)?.id ?? (await usualLegalEntity(ctx)),
};
