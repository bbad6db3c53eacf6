import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { forbidden, invalid } from '../../../platform/errors/problem.ts';
import { auditSettings, readSetting, storeSetting } from '../../../platform/settings/setting.ts';
import { type Indicator, SOURCES } from '../form/form.shared.ts';

const KEY = 'forms';
const WHOLE = 100;

const label = z.string().trim().min(1).max(30);
export const templateBody = z.strictObject({
  indicators: z
    .array(
      z.strictObject({
        key: z.string().regex(/^[a-z][a-zA-Z0-9]{0,30}$/),
        label: z.strictObject({ zh: label, en: label }),
        weight: z.int().min(1).max(WHOLE),
        source: z.enum(SOURCES),
      }),
    )
    .min(1)
    .max(10),
});

const indicator = (
  key: string,
  zh: string,
  en: string,
  weight: number,
  source: Indicator['source'],
): Indicator => ({
  key,
  label: { zh, en },
  weight,
  source,
});

/** What a company begins with. */
export const DEFAULT_TEMPLATE: readonly Indicator[] = [
  indicator('contacts', '联系频率', 'Contact', 20, 'contacts'),
  indicator('promises', '承诺兑现', 'Promises kept', 20, 'keepRate'),
  indicator('coverage', '关系覆盖', 'Coverage', 15, 'coverage'),
  indicator('receipts', '回款情况', 'Payment', 15, 'receipts'),
  indicator('satisfaction', '合作满意', 'Satisfaction', 15, 'judgement'),
  indicator('potential', '发展潜力', 'Potential', 15, 'judgement'),
];

/** The indicators by which relations are judged. */
export async function readTemplate({ db }: Pick<Context, 'db'>): Promise<readonly Indicator[]> {
  const said = await readSetting<{ indicators?: Indicator[] }>(db, KEY);
  return said?.indicators ?? DEFAULT_TEMPLATE;
}

/** Changes them; administrators only. Forms handed in before keep theirs. */
export async function writeTemplate(
  ctx: Context,
  indicators: readonly Indicator[],
): Promise<readonly Indicator[]> {
  if (!ctx.policies.administrator) throw forbidden('administrator_required');
  const sum = indicators.reduce((total, { weight }) => total + weight, 0);
  if (sum !== WHOLE) throw invalid([{ path: 'indicators', code: 'weights_not_whole', params: { sum } }]);
  if (new Set(indicators.map(({ key }) => key)).size < indicators.length)
    throw invalid([{ path: 'indicators', code: 'not_unique' }]);
  return inTransaction(ctx, async (inner) => {
    const before = await readTemplate(inner);
    await storeSetting(inner.db, KEY, { indicators }, inner.principal.userId);
    await auditSettings(inner, { forms: { before, after: indicators } });
    return indicators;
  });
}
