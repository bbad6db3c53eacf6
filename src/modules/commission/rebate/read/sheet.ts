import { PassThrough } from 'node:stream';
import type { Context } from '../../../../platform/context/context.ts';
import { translate } from '../../../../platform/i18n/translations.ts';
import { writeTable } from '../../../../platform/tabular/write.ts';
import type { Column } from '../../../../platform/tabular/write-types.ts';
import type { RebateRow } from './rows.ts';

/** Movements as a table to go on calculating with. */
export function movesTable(ctx: Context, rows: readonly RebateRow[]): PassThrough {
  const say = (key: string) => translate(ctx.registry.words, ctx.principal.language, key);
  const out = new PassThrough();
  const columns: Column[] = [
    { header: say('rebateAgreement'), kind: 'text' },
    { header: say('rebateAgreement.customer'), kind: 'text' },
    { header: say('rebate.period'), kind: 'date' },
    { header: say('rebate.day'), kind: 'date' },
    { header: say('rebate.kind'), kind: 'text' },
    { header: say('rebate.name'), kind: 'text' },
    { header: say('rebate.base'), kind: 'number' },
    { header: say('rebate.amount'), kind: 'number' },
    { header: say('rebateAgreement.currency'), kind: 'text' },
    { header: say('rebate.status'), kind: 'text' },
    { header: say('commission.how'), kind: 'text' },
  ];
  const lines = rows.map((row) => [
    row.agreement.title,
    row.customer.title,
    row.period,
    row.day,
    say(`rebate.kind.${row.kind}`),
    row.name,
    row.base,
    row.amount,
    row.currency,
    say(`rebate.status.${row.status}`),
    row.words,
  ]);
  writeTable(out, 'xlsx', columns, lines, say('rebate.moves')).catch((error: Error) => out.destroy(error));
  return out;
}
