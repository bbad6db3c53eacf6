import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Features } from '../../../platform/learning/types.ts';

/** The name under which what was learnt of leads is kept. */
export const LEAD_MODEL = 'lead';

interface Known {
  id: string;
  won: boolean;
  source: string | null;
  campaign: string | null;
  province: string | null;
  products: string[];
  company: boolean;
  jobTitle: boolean;
  phone: boolean;
  email: 'none' | 'free' | 'own';
  wechat: boolean;
  consent: boolean;
  remark: number;
  receivedAt: number;
}

const FREE_MAIL = '@(qq|163|126|139|189|sina|sohu|foxmail|yeah|aliyun|gmail|outlook|hotmail|icloud|yahoo)\\.';

/** What was known of leads when they came in: nothing that happened afterwards, or the model would learn from its answer. */
export async function leadFeatures(
  ctx: Context,
  which: RawBuilder<unknown>,
): Promise<{ id: string; won: boolean; features: Features }[]> {
  const { rows } =
    await sql<Known>`select t.id, t.status = 'converted' as won, t.source, t.campaign, t.province,
      t.product_ids::text[] as products, t.company is not null as company, t.job_title is not null as "jobTitle",
      t.phone is not null as phone, t.wechat is not null as wechat, coalesce(t.consent, false) as consent,
      case when t.email is null then 'none' when t.email ~* ${FREE_MAIL} then 'free' else 'own' end as email,
      ln(1 + length(coalesce(t.remark, '')))::float8 as remark,
      extract(hour from t.received_at at time zone ${ctx.timeZone})::float8 as "receivedAt"
    from lead t where ${which}`.execute(ctx.db);
  return rows.map(({ id, won, ...features }) => ({ id, won, features }));
}
