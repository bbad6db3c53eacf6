import type { Context } from '../../../platform/context/context.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import type { CellValue, Column } from '../../../platform/tabular/write-types.ts';
import { COLUMNS } from './columns.shared.ts';
import type { Profit, ProfitLine } from './read.ts';

/** The lines as a table to be written into a file, with the total last; what nobody knows has no column. */
export function profitTable(ctx: Context, profit: Profit): { columns: Column[]; rows: CellValue[][] } {
  const say = (key: string) => translate(ctx.registry.words, ctx.principal.language, key);
  const shown = COLUMNS.filter((name) => profit.total[name] !== null);
  const row = (title: string, line: ProfitLine): CellValue[] => [
    title,
    String(line.customers),
    ...shown.map((name) => line[name]),
  ];
  return {
    columns: [
      { header: say(`value.group.${profit.group}`), kind: 'text' },
      { header: say('value.column.customers'), kind: 'number' },
      ...shown.map((name): Column => ({ header: say(`value.column.${name}`), kind: 'number' })),
    ],
    rows: [
      ...profit.lines.map((line) => row(line.title ?? say('value.none'), line)),
      row(say('value.total'), profit.total),
    ],
  };
}
