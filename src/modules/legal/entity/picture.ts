import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context, Db } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { pictureSize } from '../../../platform/print/picture.ts';

/** What a legal entity puts on its papers: its seal beside the signature, its logo in the head. */
export const PICTURES = ['seal', 'logo'] as const;
export type PictureUse = (typeof PICTURES)[number];

/** The pictures of a legal entity as data URLs. */
export async function picturesOf(ctx: Context, id: string): Promise<Record<PictureUse, string | null>> {
  await readRecord(ctx, 'legalEntity', id);
  return {
    seal: (await pictureOf(ctx.db, id, 'seal')) ?? null,
    logo: (await pictureOf(ctx.db, id, 'logo')) ?? null,
  };
}

/** One picture of a legal entity; nothing where it has none or is none. */
export async function pictureOf(db: Db, id: string | null, use: PictureUse): Promise<string | undefined> {
  const { rows } = await sql<{ image: string }>`select image from legal_entity_picture
    where legal_entity_id = ${id}::uuid and use = ${use}`.execute(db);
  return rows[0]?.image;
}

/** Sets or removes one picture. The picture itself is no news for the audit; that it changed is. */
export async function setPicture(
  ctx: Context,
  id: string,
  use: PictureUse,
  image: string | null,
): Promise<void> {
  await readRecord(ctx, 'legalEntity', id);
  if (image && !pictureSize(image)) throw invalid([{ path: 'image', code: 'bad_format' }]);
  await inTransaction(ctx, async (inner) => {
    const before = (await pictureOf(inner.db, id, use)) !== undefined;
    await (image
      ? sql`insert into legal_entity_picture (legal_entity_id, use, image) values (${id}, ${use}, ${image})
          on conflict (legal_entity_id, use) do update set image = excluded.image`
      : sql`delete from legal_entity_picture where legal_entity_id = ${id} and use = ${use}`
    ).execute(inner.db);
    await writeAudit(inner, {
      action: 'settings_changed',
      entity: 'legalEntity',
      recordId: id,
      changes: { [use]: { before, after: image !== null } },
    });
  });
}
