import { Exact, roundMoney } from '../../../platform/money/money.shared.ts';
import type { Cell } from '../../../platform/tabular/cell.ts';

/** What banks call their columns, most exact first. */
const NAMES = {
  date: ['交易日期', '记账日期', '入账日期', '交易时间', '到账日期', '日期', 'date'],
  income: ['收入金额', '贷方发生额', '贷方金额', '收入', '贷方', '存入金额', '转入金额', 'credit'],
  time: ['交易时间', '入账时间', '记账时间', '时间', 'time'],
  outgo: ['支出金额', '借方发生额', '借方金额', '支出', '借方', '取出金额', '转出金额', 'debit'],
  amount: ['交易金额', '发生额', '金额', 'amount'],
  direction: ['借贷标志', '收支方向', '借贷方向', '收/支', '借贷', 'direction'],
  payer: [
    '对方户名',
    '对方名称',
    '对方账户名称',
    '付款人名称',
    '付款方名称',
    '付款方',
    '对方单位',
    '对手户名',
    'payer',
    'counterparty',
  ],
  payerAccount: ['对方账号', '对方账户', '付款人账号', '付款方账号', '对手账号'],
  serial: ['交易流水号', '流水号', '银行流水号', '业务流水号', '凭证号', '参考号', '交易号', 'reference'],
  summary: ['摘要', '附言', '用途', '备注', '交易摘要', 'remark', 'description'],
  balance: ['余额', '账户余额', '交易后余额', '本次余额', 'balance'],
  currency: ['币种', '币别', 'currency'],
} as const;

type Column = keyof typeof NAMES;
export type Mapping = Partial<Record<Column, number>>;

export interface Found {
  payer: string;
  date: string;
  amount: { amount: string; currency: string };
  serial?: string;
  payerAccount?: string;
  summary?: string;
  /** Only to tell lines apart, kept nowhere: the time of day, and what was on the account after it. */
  time: string;
  balance: string;
}

const plain = (header: string) => header.replace(/[\s()（）:：]|元|RMB/g, '').toLowerCase();

/** Which column holds what: by its name as banks write it, else by a name that begins with one. */
export function mappingOf(headers: readonly string[]): Mapping {
  const cleaned = headers.map(plain);
  const mapping: Mapping = {};
  const used = new Set<number>();
  for (const match of [(a: string, b: string) => a === b, (a: string, b: string) => a.startsWith(b)])
    for (const column of Object.keys(NAMES) as Column[]) {
      if (mapping[column] !== undefined) continue;
      for (const name of NAMES[column]) {
        const at = cleaned.findIndex((header, index) => !used.has(index) && match(header, name));
        if (at < 0) continue;
        mapping[column] = at;
        used.add(at);
        break;
      }
    }
  return mapping;
}

/** A statement tells when, from whom and how much. */
export const knowsEnough = ({ date, income, amount, payer }: Mapping): boolean =>
  date !== undefined && payer !== undefined && (income !== undefined || amount !== undefined);

const CURRENCIES: Record<string, string> = {
  人民币: 'CNY',
  美元: 'USD',
  欧元: 'EUR',
  港币: 'HKD',
  日元: 'JPY',
  英镑: 'GBP',
};

/** A line as an entry, `out` where money went out, null where it is no line of money, or a word for why it cannot be read. */
export function readLine(
  cells: readonly Cell[],
  mapping: Mapping,
  own: string,
): Found | 'out' | 'no_date' | 'no_amount' | null {
  const text = (column: Column): string => {
    const at = mapping[column];
    const cell = at === undefined ? undefined : cells[at];
    if (!cell || cell.kind === 'empty') return '';
    // A long number was rounded by the spreadsheet: what it shows is no worse.
    const exact = cell.kind === 'date' || (cell.kind === 'number' && !cell.lossy);
    return (exact ? cell.value : cell.text).trim();
  };
  const amount = amountOf(text);
  if (amount === null) return text('date') && text('payer') ? 'no_amount' : null;
  if (amount === 'out') return 'out';
  const date = dateOf(text('date'));
  if (!date) return 'no_date';
  const named = text('currency');
  const currency = CURRENCIES[named] ?? (/^[A-Z]{3}$/.test(named) ? named : own);
  const [serial, payerAccount, summary] = [text('serial'), text('payerAccount'), text('summary')];
  return {
    payer: (text('payer') || summary || '—').slice(0, 200),
    date,
    amount: { amount: roundMoney(amount, currency), currency },
    time: timeOf(text('time')) || timeOf(text('date')),
    balance: numberIn(text('balance'))?.toFixed() ?? '',
    ...(serial ? { serial: serial.slice(0, 100) } : {}),
    ...(payerAccount ? { payerAccount: payerAccount.slice(0, 60) } : {}),
    ...(summary ? { summary: summary.slice(0, 500) } : {}),
  };
}

function amountOf(text: (column: Column) => string): string | 'out' | null {
  const number = (column: Column) => numberIn(text(column));
  const income = number('income');
  if (income && !income.isZero()) return income.isNegative() ? 'out' : income.toFixed();
  const outgo = number('outgo');
  if (outgo && !outgo.isZero()) return 'out';
  const amount = number('amount');
  if (!amount || amount.isZero()) return null;
  if (amount.isNegative() || /借|支|出|debit|^d$/i.test(text('direction'))) return 'out';
  return amount.toFixed();
}

function numberIn(text: string) {
  const written = text.replace(/[,，¥￥\s]/g, '');
  return /^[+-]?\d+(\.\d+)?$/.test(written) ? new Exact(written) : null;
}

/** `10:31`, `2026-11-20 10:31:05`, `103105`, `20261120103105`; midnight is a day without a time. */
function timeOf(written: string): string {
  const match =
    /(?:^|[T\s])(\d{1,2}):(\d{2})(?::(\d{2}))?/.exec(written) ??
    /^(?:\d{8}\s?)?(\d{2})(\d{2})(\d{2})$/.exec(written);
  if (!match) return '';
  const [, hour = '', minute = '', second = '00'] = match;
  const time = `${hour.padStart(2, '0')}:${minute}:${second}`;
  return time === '00:00:00' ? '' : time;
}

/** `2026-11-20`, `2026/11/20 10:31`, `20261120`, `2026年11月20日`. */
function dateOf(written: string): string | null {
  const match = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})/.exec(written);
  if (!match) return null;
  const [, year = '', month = '', day = ''] = match;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  try {
    return Temporal.PlainDate.from(date, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}
