import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { type ClipboardEvent, type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldOf, may, useMeta } from '../../../web/api/meta.tsx';
import { groupDigits } from '../../../web/fields/format.ts';
import type { Sheet, SheetRow } from '../book/sheet.shared.ts';
import {
  CELLS,
  type Cell,
  type Edit,
  type Fresh,
  isWrong,
  pastedCells,
  pasteOver,
  plainAmount,
  shown,
} from './draft.ts';
import { useUnitName } from './units.ts';

interface Props {
  sheet: Sheet;
  rows: readonly SheetRow[];
  edits: ReadonlyMap<string, Edit>;
  fresh: readonly Fresh[];
  onEdits(edits: ReadonlyMap<string, Edit>): void;
  onFresh(fresh: readonly Fresh[]): void;
}

/** Enter and the arrows lead to the cell below or above, as in a spreadsheet. */
function move(event: KeyboardEvent<HTMLTableElement>): void {
  const { target, key, shiftKey, currentTarget } = event;
  if (!(target instanceof HTMLInputElement) || event.nativeEvent.isComposing) return;
  const step =
    key === 'ArrowDown' || (key === 'Enter' && !shiftKey) ? 1 : key === 'ArrowUp' || key === 'Enter' ? -1 : 0;
  if (step === 0) return;
  const inputs = [
    ...currentTarget.querySelectorAll<HTMLInputElement>(`input[data-cell="${target.dataset.cell}"]`),
  ];
  const next = inputs[inputs.indexOf(target) + step];
  event.preventDefault();
  next?.focus();
  next?.select();
}

/** The prices of a book, one line each. What is typed or pasted waits until it is saved with the rest. */
export function SheetTable({ sheet, rows, edits, fresh, onEdits, onFresh }: Props) {
  const { t } = useTranslation();
  const entity = useMeta().entity('priceBookEntry');
  const unitName = useUnitName();
  const editable = may(entity, 'update');
  const cells = CELLS.filter((cell) => entity && fieldOf(entity, cell));
  const writable = (cell: Cell) => editable && !!entity && fieldOf(entity, cell)?.access === 'write';
  const edit = (id: string, change: Edit) => {
    const next = new Map(edits);
    next.set(id, { ...next.get(id), ...change });
    onEdits(next);
  };
  const forget = (id: string) => {
    const next = new Map(edits);
    next.delete(id);
    onEdits(next);
  };
  const paste = (event: ClipboardEvent, at: number, cell: Cell) => {
    const pasted = pastedCells(event.clipboardData.getData('text'));
    if (!pasted) return;
    event.preventDefault();
    onEdits(pasteOver(edits, rows, at, cell, pasted));
  };
  const label = (cell: Cell) => (entity ? fieldOf(entity, cell)?.label : undefined) ?? cell;
  if (rows.length === 0 && fresh.length === 0) return null;
  return (
    <div className="scroll-x">
      <table className="plain-table price-table" onKeyDown={move}>
        <thead>
          <tr>
            <th>{t('prices.product')}</th>
            <th>{t('prices.unit')}</th>
            {cells.map((cell) => (
              <th key={cell} className="num">
                {label(cell)}
                {cell === 'price' ? ` ${sheet.currency}` : ''}
              </th>
            ))}
            <th className="num">{t('prices.list')}</th>
            <th aria-label={t('delete')} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => {
            const own = edits.get(row.id);
            return (
              <tr key={row.id} className={own?.remove ? 'gone' : own ? 'changed' : ''}>
                <td data-label={t('prices.product')}>
                  <span className="price-what">
                    <Link to="/r/$plural/$id" params={{ plural: 'products', id: row.product.id }}>
                      {row.product.title}
                    </Link>
                    <small className="quiet">
                      {[row.code, row.active === false ? t('prices.retired') : null]
                        .filter(Boolean)
                        .join(' · ')}
                    </small>
                  </span>
                </td>
                <td data-label={t('prices.unit')}>{unitName(row.unit)}</td>
                {cells.map((cell) => (
                  <td key={cell} className="num" data-label={label(cell)}>
                    {writable(cell) && !own?.remove ? (
                      <Amount
                        cell={cell}
                        label={`${row.product.title} · ${label(cell)}`}
                        value={shown(row, cell, own)}
                        onChange={(value) => edit(row.id, { [cell]: value })}
                        onPaste={(event) => paste(event, at, cell)}
                      />
                    ) : (
                      groupDigits(row[cell] ?? '')
                    )}
                  </td>
                ))}
                <td className="num quiet" data-label={t('prices.list')}>
                  {row.listPrice === null ? '—' : groupDigits(row.listPrice)}
                  <Off price={shown(row, 'price', own)} list={row.listPrice} />
                </td>
                <td className="tool">
                  {own ? (
                    <button type="button" className="link" onClick={() => forget(row.id)}>
                      {t('undo')}
                    </button>
                  ) : (
                    may(entity, 'delete') && (
                      <button
                        type="button"
                        className="icon-button"
                        aria-label={`${t('delete')} ${row.product.title}`}
                        onClick={() => edit(row.id, { remove: true })}
                      >
                        ×
                      </button>
                    )
                  )}
                </td>
              </tr>
            );
          })}
          {fresh.map((row) => (
            <FreshRow
              key={row.key}
              row={row}
              label={label}
              cells={cells}
              onChange={(next) =>
                onFresh(
                  next
                    ? fresh.map((each) => (each.key === row.key ? next : each))
                    : fresh.filter((each) => each !== row),
                )
              }
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface FreshProps {
  row: Fresh;
  cells: readonly Cell[];
  label(cell: Cell): string;
  onChange(row: Fresh | null): void;
}

function FreshRow({ row, cells, label, onChange }: FreshProps) {
  const { t } = useTranslation();
  const unitName = useUnitName();
  return (
    <tr className="changed">
      <td data-label={t('prices.product')}>
        {row.product.title}
        <small className="quiet">{row.code}</small>
      </td>
      <td data-label={t('prices.unit')}>
        {row.units.length > 1 ? (
          <Select
            size="small"
            aria-label={`${row.product.title} · ${t('prices.unit')}`}
            value={row.unit}
            options={row.units.map((unit) => ({ value: unit, label: unitName(unit) }))}
            onChange={(unit) => onChange({ ...row, unit })}
          />
        ) : (
          unitName(row.unit)
        )}
      </td>
      {cells.map((cell) => (
        <td key={cell} className="num" data-label={label(cell)}>
          <Amount
            cell={cell}
            label={`${row.product.title} · ${label(cell)}`}
            value={row.values[cell]}
            onChange={(value) => onChange({ ...row, values: { ...row.values, [cell]: value } })}
          />
        </td>
      ))}
      <td className="num quiet" data-label={t('prices.list')}>
        {row.listPrice === null ? '—' : groupDigits(row.listPrice)}
      </td>
      <td className="tool">
        <button
          type="button"
          className="icon-button"
          aria-label={`${t('delete')} ${row.product.title}`}
          onClick={() => onChange(null)}
        >
          ×
        </button>
      </td>
    </tr>
  );
}

interface AmountProps {
  cell: Cell;
  label: string;
  value: string;
  onChange(value: string): void;
  onPaste?(event: ClipboardEvent): void;
}

function Amount({ cell, label, value, onChange, onPaste }: AmountProps) {
  const [typing, setTyping] = useState(false);
  return (
    <input
      data-cell={cell}
      inputMode="decimal"
      aria-label={label}
      aria-invalid={isWrong(cell, value)}
      value={typing || isWrong(cell, value) ? value : groupDigits(value)}
      onFocus={(event) => {
        setTyping(true);
        event.target.select();
      }}
      onBlur={() => setTyping(false)}
      onPaste={onPaste}
      onChange={(event) => onChange(plainAmount(event.target.value))}
    />
  );
}

/** How far below or above the list price: to see at a glance what is wrong. */
function Off({ price, list }: { price: string; list: string | null }) {
  const share = list === null ? 0 : Number(price) / Number(list) - 1;
  if (!Number.isFinite(share) || Math.abs(share) < 0.0005) return null;
  return <small>{`${share > 0 ? '+' : '−'}${Math.abs(share * 100).toFixed(1)}%`}</small>;
}
