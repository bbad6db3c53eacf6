import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, reasonsOf } from '../../../web/api/client.ts';
import type { FormSheet, SheetColumn, SheetRow } from '../form/form.shared.ts';
import { refreshSheets, writeCell } from './api.ts';

interface Props {
  form: FormSheet;
  row: SheetRow;
  column: FormSheet['columns'][number];
  at: number;
}

interface Conflict {
  value: string | null;
  by: string | null;
}

/** A judgement, kept as soon as one leaves it. Whoever was quicker is shown, and one of both is chosen. */
export function Cell({ form, row, column, at }: Props) {
  const { t } = useTranslation();
  const known = row.cells[column.name] ?? '';
  const stored = form.filled[row.key]?.[column.name] ?? null;
  const [typed, setTyped] = useState<string | null>(null);
  /** What stood there when one began to type. */
  const [base, setBase] = useState<string | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const type = (value: string) => {
    if (typed === null) setBase(stored);
    setTyped(value);
  };
  const drop = () => {
    setTyped(null);
    setFailed(null);
    setConflict(null);
  };
  const save = async (over: string | null) => {
    if (typed === null) return;
    const value = typed.trim();
    if (value === known && !conflict) return drop();
    try {
      await writeCell(form, { row: row.key, column: column.name, value, base: over });
      drop();
    } catch (error) {
      const found = error instanceof ApiError ? conflictIn(error) : null;
      setConflict(found);
      setFailed(found ? null : reasonsOf(error));
    }
  };
  const field = {
    'aria-label': `${row.cells.customer ?? row.cells.area ?? at + 1} · ${column.label}`,
    'aria-invalid': failed !== null || conflict !== null,
    'data-at': at,
    'data-column': column.name,
    value: typed ?? known,
    onBlur: () => void (conflict ? undefined : save(base)),
  };
  return (
    <>
      <Field field={field} edit={column.edit} onType={type} onDrop={drop} />
      {failed && (
        <span className="field-error" role="alert">
          {failed}
        </span>
      )}
      {conflict && (
        <span className="sheet-conflict" role="alert">
          {t('sheets.conflict', { by: conflict.by ?? '—', value: conflict.value || '—' })}
          <button type="button" className="link" onClick={() => void save(conflict.value)}>
            {t('sheets.keepMine')}
          </button>
          <button
            type="button"
            className="link"
            onClick={() => {
              drop();
              refreshSheets();
            }}
          >
            {t('sheets.takeTheirs')}
          </button>
        </span>
      )}
    </>
  );
}

interface FieldProps {
  field: { value: string; onBlur(): void; 'aria-label': string; 'aria-invalid': boolean };
  edit: SheetColumn['edit'];
  onType(value: string): void;
  onDrop(): void;
}

function Field({ field, edit, onType, onDrop }: FieldProps) {
  const onKeyDown = (event: { key: string }) => {
    if (event.key === 'Escape') onDrop();
  };
  if (edit === 'text')
    return (
      <textarea
        {...field}
        rows={1}
        maxLength={2000}
        onKeyDown={onKeyDown}
        onChange={(event) => onType(event.target.value)}
      />
    );
  return (
    <input
      {...field}
      type={edit === 'date' ? 'date' : 'text'}
      {...(edit === 'score' ? { inputMode: 'numeric' as const, maxLength: 3 } : {})}
      onKeyDown={onKeyDown}
      onChange={(event) => onType(event.target.value)}
    />
  );
}

function conflictIn({ code, problem }: ApiError): Conflict | null {
  if (code !== 'form_cell_conflict') return null;
  return (problem as unknown as { conflicts?: Conflict[] }).conflicts?.[0] ?? null;
}
