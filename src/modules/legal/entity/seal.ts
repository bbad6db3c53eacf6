import type { Context, Db } from '../../../platform/context/context.ts';
import type { WireRecord } from '../../../platform/entity/meta.shared.ts';
import { readSetting } from '../../../platform/settings/setting.ts';
import { pictureOf } from './picture.ts';
import { usualLegalEntity } from './read.ts';

/** The setting that holds the picture of the house's seal; its name is older than the papers it stands on now. */
export const SEAL = 'quotes.seal';

/** The seal of the house as a data URL, for legal entities that have none of their own. */
export const readSeal = async (db: Db): Promise<string | undefined> =>
  (await readSetting<string | null>(db, SEAL)) ?? undefined;

/** The seal of a legal entity — of the usual one where none is named — else that of the house. Only what has been let through bears it. */
export async function sealOf(ctx: Context, legalEntity: string | null): Promise<string | undefined> {
  return (await pictureOf(ctx.db, legalEntity ?? (await usualLegalEntity(ctx)), 'seal')) ?? readSeal(ctx.db);
}

/** In whose name a record is done: its own legal entity, else the usual one. */
export const sellerOfRecord = {
  entity: 'legalEntity',
  of: async (ctx: Context, record: WireRecord): Promise<string | null> =>
    (record.legalEntity as { id: string } | null | undefined)?.id ?? (await usualLegalEntity(ctx)),
};

/** Seal and logo of whoever a paper is in the name of. */
export const sellerPictures = {
  seal: sealOf,
  logo: ({ db }: Context, seller: string | null) => pictureOf(db, seller, 'logo'),
};
