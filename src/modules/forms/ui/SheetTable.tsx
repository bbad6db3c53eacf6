import { Link } from '@tanstack/react-router';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { groupDigits } from '../../../web/fields/format.ts';
import type { FormSheet, SheetColumn, SheetRow } from '../form/form.shared.ts';
import { Cell } from './Cell.tsx';
import { TakeOut } from './Marks.tsx';

/** The lines of a form. What is judged is written where it stands; Enter leads to the next line, as in a spreadsheet. */
export function SheetTable({ form }: { form: FormSheet }) {
  const { t } = useTranslation();
  const { columns, rows, total } = form;
  const move = (event: KeyboardEvent<HTMLTableElement>) => {
    const { target, key, shiftKey, altKey, currentTarget } = event;
    if (
      !(target instanceof HTMLElement) ||
      key !== 'Enter' ||
      shiftKey ||
      altKey ||
      event.nativeEvent.isComposing
    )
      return;
    const { at, column } = target.dataset;
    if (at === undefined) return;
    event.preventDefault();
    const next = currentTarget.querySelector<HTMLElement>(
      `[data-at="${Number(at) + 1}"][data-column="${column}"]`,
    );
    if (next) next.focus();
    else target.blur();
  };
  const weights = columns.reduce((sum, { weight }) => sum + weight, 0);
  return (
    <div className="sheet-scroll">
      <table onKeyDown={move} style={{ minWidth: weights * 72 }}>
        <colgroup>
          <col style={{ width: 44 }} />
          {columns.map(({ name, weight }) => (
            <col key={name} style={{ width: `${(weight * 100) / weights}%` }} />
          ))}
          {form.may.rows && <col style={{ width: 36 }} />}
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t('sheets.number')}</th>
            {columns.map(({ name, label, edit }) => (
              <th key={name} scope="col" className={edit ? 'judged' : ''}>
                {label}
              </th>
            ))}
            {form.may.rows && <th aria-label={t('sheets.takeOut')} />}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={row.key} className={row.hand ? 'hand' : ''}>
              <td className="number" data-label={t('sheets.number')}>
                {at + 1}
              </td>
              {columns.map((column) => (
                <td key={column.name} className={classOf(column)} data-label={column.label}>
                  {column.edit && form.may.edit ? (
                    <Cell form={form} row={row} column={column} at={at} />
                  ) : (
                    <Fact row={row} column={column} />
                  )}
                </td>
              ))}
              {form.may.rows && (
                <td className="tool">
                  <TakeOut form={form} row={row} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
        {total && (
          <tfoot>
            <tr>
              <td />
              {columns.map((column) => (
                <td key={column.name} className={classOf(column)} data-label={column.label}>
                  {column.name in total ? textOf(column, total[column.name]) : ''}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

const classOf = ({ kind, edit }: SheetColumn) =>
  `${kind === 'text' || kind === 'date' ? 'text' : 'amount'}${edit ? ' judged' : ''}`;

function Fact({ row, column }: { row: SheetRow; column: SheetColumn }) {
  const { t } = useTranslation();
  if (row.erased)
    return <span className="quiet">{column.name === 'customer' ? t('sheets.erased') : ''}</span>;
  const words = textOf(column, row.cells[column.name]);
  if (column.name !== 'customer' || !row.customer) return words;
  return (
    <Link to="/r/$plural/$id" params={{ plural: 'customers', id: row.customer }}>
      {words}
    </Link>
  );
}

function textOf({ kind, edit }: SheetColumn, value: string | null | undefined): string {
  if (!value) return kind === 'text' || kind === 'date' || edit ? '' : '—';
  if (kind === 'percent') return `${value}%`;
  return kind === 'money' ? groupDigits(value) : value;
}
