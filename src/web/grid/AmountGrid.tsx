import type { ClipboardEvent, KeyboardEvent, ReactNode } from 'react';
import { readAmount } from '../../platform/money/amounts.shared.ts';
import { groupDigits } from '../fields/format.ts';
import { useFirst } from './First.tsx';
import './grid.css';

/** A column amounts are written in. */
export interface AmountColumn {
  key: string;
  label: string;
  /** Of a cell, said aloud; the label unless given. */
  says?: string;
}

export interface AmountLine {
  key: string;
  /** Said aloud before the column. */
  name: string;
  writable: boolean;
  className?: string | undefined;
}

/** A text put into a cell. */
export interface Written<L, C> {
  line: L;
  column: C;
  text: string;
}

interface Props<L extends AmountLine, C extends AmountColumn> {
  /** What the first column holds. */
  corner: string;
  lines: readonly L[];
  columns: readonly C[];
  valueAt(line: L, column: C): string;
  isChanged(line: L, column: C): boolean;
  onWrite(changes: Written<L, C>[]): void;
  head(line: L): ReactNode;
  /** Further columns that nobody writes. */
  tail?: { labels: readonly string[]; cells(line: L): readonly ReactNode[] };
  /** Beneath the lines, a cell for each column and one for each of the tail. */
  foot?: { label: string; cells: readonly ReactNode[] } | undefined;
}

/** Amounts by line and column, written like a spreadsheet: keys go from cell to cell, and a copied range is pasted into as many. */
export function AmountGrid<L extends AmountLine, C extends AmountColumn>(props: Props<L, C>) {
  const { corner, lines, columns, valueAt, isChanged, onWrite, head, tail, foot } = props;
  const [first, more] = useFirst(lines);
  const paste = (event: ClipboardEvent<HTMLTableElement>) => {
    const place = placeOf(event.target);
    const text = event.clipboardData.getData('text/plain').replace(/\r?\n$/, '');
    if (!place || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const cells = text.split(/\r?\n/).map((line) => line.split('\t'));
    onWrite(
      cells.flatMap((texts, down) => {
        const line = lines[place.row + down];
        if (!line?.writable) return [];
        return texts.flatMap((cell, right) => {
          const column = columns[place.column + right];
          return column ? [{ line, column, text: readAmount(cell) ?? cell.trim() }] : [];
        });
      }),
    );
  };
  return (
    <section className="card amount-grid">
      <table onKeyDown={move} onPaste={paste}>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {columns.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
            {tail?.labels.map((label, at) => (
              <th key={label} scope="col" className="beside" style={besideAt(at, tail.labels.length)}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {first.map((line, row) => (
            <tr key={line.key} className={line.className}>
              <th scope="row">{head(line)}</th>
              {columns.map((column, at) => {
                const value = valueAt(line, column);
                const write = (text: string) => onWrite([{ line, column, text }]);
                return (
                  <td key={column.key} className={isChanged(line, column) ? 'changed' : undefined}>
                    {line.writable ? (
                      <input
                        data-row={row}
                        data-column={at}
                        inputMode="decimal"
                        aria-label={`${line.name} ${column.says ?? column.label}`}
                        aria-invalid={readAmount(value) === null}
                        value={value}
                        onChange={(event) => write(event.target.value)}
                        onBlur={() => {
                          const read = readAmount(value);
                          if (read !== null && read !== value) write(read);
                        }}
                      />
                    ) : (
                      value && groupDigits(value)
                    )}
                  </td>
                );
              })}
              {tail?.cells(line).map((cell, at, cells) => (
                <td key={tail.labels[at]} className="tail beside" style={besideAt(at, cells.length)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {foot && (
          <tfoot>
            <tr>
              <th scope="row">{foot.label}</th>
              {foot.cells.map((cell, at) => (
                <td key={columns[at]?.key ?? tail?.labels[at - columns.length]} className="tail">
                  {cell}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
      {more}
    </section>
  );
}

/** How wide a column of the tail is; they stay in sight at the right edge, one beside the other. */
const TAIL_WIDTH = 84;
const besideAt = (at: number, count: number) => ({
  right: (count - 1 - at) * TAIL_WIDTH,
  minWidth: TAIL_WIDTH,
  maxWidth: TAIL_WIDTH,
});

function placeOf(target: EventTarget): { row: number; column: number } | null {
  if (!(target instanceof HTMLInputElement) || target.dataset.row === undefined) return null;
  return { row: Number(target.dataset.row), column: Number(target.dataset.column) };
}

/** Arrows and Enter go from cell to cell; left and right where the text ends. */
function move(event: KeyboardEvent<HTMLTableElement>): void {
  const place = placeOf(event.target);
  if (!place) return;
  const input = event.target as HTMLInputElement;
  const step = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    Enter: [event.shiftKey ? -1 : 1, 0],
    ArrowLeft: input.selectionStart === 0 ? [0, -1] : null,
    ArrowRight: input.selectionEnd === input.value.length ? [0, 1] : null,
  }[event.key];
  if (!step) return;
  const [down = 0, right = 0] = step;
  const { row, column } = place;
  const next = event.currentTarget.querySelector<HTMLInputElement>(
    `[data-row="${row + down}"][data-column="${column + right}"]`,
  );
  event.preventDefault();
  next?.focus();
  next?.select();
}
