import { translate } from '../../platform/i18n/translations.ts';
import { Exact } from '../../platform/money/money.shared.ts';
import type { RecordPaper } from '../../platform/papers/record.ts';
import { paperRows } from './lines/paper-rows.ts';

/** How documents with lines stand on paper: what of them are prices, and what never leaves the house. */
export const documentPaper = {
  prices: ['deduction', 'amount', 'lines.price', 'lines.listPrice', 'lines.discount', 'lines.amount'],
  without: [
    'lines.cost',
    'lines.minimumPrice',
    'lines.offeredPrice',
    'lines.bundled',
    'lines.inOne',
    'lines.insteadOf',
    'lines.weight',
    'discountRate',
    'belowMinimum',
    'belowMargin',
  ],
  rows: (part, rows, { params }) => (part === 'lines' ? paperRows(rows, params.parts !== 'false') : rows),
  also: {
    total: ['含税总额', '总额', '总金额', 'Grand total'],
    net: ['不含税总额'],
    'lines.gross': ['含税金额', '金额', 'Amount'],
    'lines.price': ['含税单价'],
  },
  written: {
    'lines.taxRate': (value, ctx) => {
      // A bundle whose parts are taxed differently has no rate of its own.
      if (value === '') return '';
      return value === null || value === undefined
        ? translate(ctx.registry.words, ctx.principal.language, 'paper.exempt')
        : `${new Exact(value as string).times(100).toFixed()}%`;
    },
    'lines.discount': (value) => (value ? `${new Exact(value as string).toFixed()}%` : ''),
    'instalments.percent': (value) => (value ? `${new Exact(value as string).toFixed()}%` : ''),
  },
} as const satisfies Pick<RecordPaper, 'prices' | 'without' | 'also' | 'written' | 'rows'>;
