import { DeleteOutlined, HolderOutlined } from '@ant-design/icons';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldOf } from '../api/meta.tsx';
import type { MetaEntity, MetaField } from '../api/types.ts';
import { valueText } from '../fields/format.ts';
import { keyOfRow } from './keys.ts';
import { isNumber, LineCell } from './LineCell.tsx';
import type { PartMeta, Row } from './rows.ts';
import type { LineRules } from './rules.ts';

export interface EditProps {
  entity: MetaEntity;
  part: PartMeta;
  fields: readonly MetaField[];
  /** The record the rows belong to. */
  head: Row;
  rows: readonly Row[];
  /** What follows from the rows, for columns nobody writes. */
  figures: readonly Row[];
  rules: LineRules | undefined;
  errors: Record<string, string>;
  change(at: number, name: string, value: unknown): void;
  remove(at: number): void;
  move(from: number, to: number): void;
  replace(whole: number, beneath: Row[]): void;
}

/** How wide columns are, in pixels; the rest share what is left. */
const WIDTHS: Partial<Record<MetaField['kind'], number>> = {
  decimal: 92,
  integer: 84,
  choice: 92,
  reference: 190,
};

/** Of what follows from a row its first amount is shown beside it; the others stand in the sums. */
export const figureOf = ({ part, figures }: Pick<EditProps, 'part' | 'figures'>): MetaField | undefined =>
  part.entity.fields.find(({ name, access }) => access === 'read' && figures.some((row) => name in row));

export function EditTable(props: EditProps) {
  const { t } = useTranslation();
  const { fields, rows, figures, rules, move, remove } = props;
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const figure = figureOf(props);
  if (rows.length === 0) return null;
  return (
    <div className="lines-scroll">
      <table>
        <thead>
          <tr>
            <th aria-label={t('lines.order')} style={{ width: 30 }} />
            {fields.map((field) => (
              <th
                key={field.name}
                scope="col"
                className={isNumber(field.kind) ? 'num' : ''}
                style={{ minWidth: WIDTHS[field.kind] ?? 110 }}
              >
                {rules?.label(field.name) ?? field.label}
                {field.required && <span className="required"> *</span>}
              </th>
            ))}
            {figure && (
              <th scope="col" className="num">
                {figure.label}
              </th>
            )}
            <th aria-label={t('lines.remove')} style={{ width: 30 }} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr
              key={keyOfRow(row, at)}
              data-row={at}
              className={[
                over === at && dragged !== at ? 'over' : '',
                rules?.isBeneath(row) ? 'beneath' : '',
              ].join(' ')}
              onDragOver={(event) => {
                if (dragged === null) return;
                event.preventDefault();
                setOver(at);
              }}
              onDrop={(event) => {
                event.preventDefault();
                if (dragged !== null) move(dragged, at);
                setDragged(null);
                setOver(null);
              }}
            >
              <td>
                {!rules?.isBeneath(row) && (
                  <button
                    type="button"
                    tabIndex={-1}
                    className="icon-button grip"
                    draggable
                    aria-label={t('lines.drag', { row: at + 1 })}
                    title={t('lines.dragHint')}
                    onDragStart={() => setDragged(at)}
                    onDragEnd={() => {
                      setDragged(null);
                      setOver(null);
                    }}
                  >
                    <HolderOutlined aria-hidden />
                  </button>
                )}
              </td>
              {fields.map((field, column) => (
                <td key={field.name} data-column={column} className={isNumber(field.kind) ? 'num' : ''}>
                  <Cell {...props} at={at} row={row} field={field} />
                </td>
              ))}
              {figure && (
                <td className="num figure">
                  {valueText(figure, figures[at]?.[figure.name] ?? null)}
                  <Aside {...props} at={at} />
                </td>
              )}
              <td>
                {!rules?.isBeneath(row) && (
                  <button
                    type="button"
                    tabIndex={-1}
                    className="icon-button"
                    aria-label={t('lines.removeRow', { row: at + 1 })}
                    onClick={() => remove(at)}
                  >
                    <DeleteOutlined aria-hidden />
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What is to be said under the amount of a row. */
export function Aside({
  rules,
  head,
  rows,
  at,
}: Pick<EditProps, 'rules' | 'head' | 'rows'> & { at: number }) {
  const Said = rules?.Aside;
  return (
    Said && (
      <Suspense fallback={null}>
        <Said head={head} rows={rows} at={at} />
      </Suspense>
    )
  );
}

/** One cell with what is wrong with it. */
export function Cell({
  entity,
  part,
  rules,
  errors,
  change,
  replace,
  head,
  rows,
  at,
  row,
  field,
}: EditProps & { at: number; row: Row; field: MetaField }) {
  const { t } = useTranslation();
  const path = `${part.name}.${at}.${field.name}`;
  const error = errors[path];
  const Control = rules?.cells[field.name] ?? LineCell;
  const Note = field.name === part.entity.title ? rules?.Note : undefined;
  return (
    <>
      {rules?.isSettled(row, field.name) ? (
        <span className="line-settled">
          {rules.text(field.name, row[field.name], row) ?? valueText(field, row[field.name] ?? null)}
        </span>
      ) : (
        <Control
          field={fieldOf(part.entity, field.name) ?? field}
          value={row[field.name] ?? null}
          onChange={(value) => change(at, field.name, value)}
          id={`f-${entity.name}-${path}`}
          label={t('lines.cell', { row: at + 1, label: rules?.label(field.name) ?? field.label })}
          invalid={!!error}
        />
      )}
      {Note && (
        <Suspense fallback={null}>
          <Note head={head} rows={rows} at={at} replace={replace} />
        </Suspense>
      )}
      {error && (
        <p className="line-problem" role="alert">
          {error}
        </p>
      )}
    </>
  );
}
