import { type KeyboardEvent, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../api/meta.tsx';
import type { MetaEntity } from '../api/types.ts';
import { usePhone } from '../shell/hooks.ts';
import { lineRulesOf } from '../slots.ts';
import { EditCards } from './EditCards.tsx';
import { EditTable } from './EditTable.tsx';
import { knownRow, sameRow } from './keys.ts';
import { cellOf, pasteInto, recordNamed } from './paste.ts';
import { holdsLists, isBlank, moved, newRow, type PartMeta, type Row, rowFields } from './rows.ts';
import './lines.css';

interface Props {
  entity: MetaEntity;
  part: PartMeta;
  head: Row;
  rows: Row[];
  /** By path within the record: `lines.1.price`. */
  errors: Record<string, string>;
  onChange(rows: Row[], fixed?: string): void;
}

/** The rows of a record while they are written: as a table under the hand of the keyboard, on the phone and of lists as cards. */
export function LinesEditor({ entity, part, head, rows, errors, onChange }: Props) {
  const { t } = useTranslation();
  const { company } = useMeta();
  const phone = usePhone();
  const cards = phone || holdsLists(part.entity);
  const box = useRef<HTMLElement>(null);
  const latest = useRef(rows);
  latest.current = rows;
  const rules = lineRulesOf(part.entity);
  const written = rowFields(part.entity);
  const fields = written.filter(({ name }) => !rules?.hidden.includes(name));
  const currency = (head.currency as string | null | undefined) ?? company.currency;
  const fresh = (): Row => knownRow({ ...newRow(part.entity), ...rules?.fresh() });
  const write = (next: Row[], fixed?: string) => {
    latest.current = next;
    onChange(next, fixed);
  };
  const focusCell = (at: number, column: number) =>
    setTimeout(() =>
      box.current
        ?.querySelector<HTMLElement>(
          `[data-row="${at}"] [data-column="${column}"] :is(input, select, textarea)`,
        )
        ?.focus(),
    );
  const change = (at: number, name: string, value: unknown) => {
    const before = latest.current[at] ?? {};
    const row = sameRow(before, { ...before, [name]: value });
    const under = rules?.follow(row, beneath(at)) ?? [];
    const next = latest.current.toSpliced(at, under.length + 1, row, ...under);
    write(next, `${part.name}.${at}.${name}`);
    follow(row, name);
  };
  const size = (at: number) => rules?.together(latest.current, at) ?? 1;
  const beneath = (at: number) => latest.current.slice(at + 1, at + size(at));
  const replace = (at: number, rows: Row[]) => {
    const row = latest.current[at];
    if (!row) return;
    write(
      latest.current.toSpliced(at + 1, size(at) - 1, ...(rules?.follow(row, rows.map(knownRow)) ?? rows)),
    );
    follow(row, 'beneath');
  };
  /** What follows from a change comes a moment later: into the row where it stands by then, unless that was written meanwhile. */
  const follow = (row: Row, name: string) =>
    void rules
      ?.complete(head, row, name, beneath(latest.current.indexOf(row)))
      .then(({ values, beneath: under }) => {
        const at = latest.current.indexOf(row);
        if (at < 0 || (Reflect.ownKeys(values).length === 0 && !under)) return;
        const next = sameRow(row, { ...row, ...values });
        const rest = rules.follow(next, under?.map(knownRow) ?? beneath(at));
        write(latest.current.toSpliced(at, size(at), next, ...rest));
      })
      .catch(() => undefined);
  // Rows that came with a form, as the products of an opportunity do, are completed like those that are chosen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form opens
  useEffect(() => {
    for (const row of rows)
      for (const { name, kind } of written)
        if (kind === 'reference' && row[name] && row.id === undefined && !row[part.entity.title])
          follow(row, name);
  }, []);
  const add = (column = 0) => {
    write([...latest.current, fresh()]);
    focusCell(latest.current.length - 1, column);
  };
  const take = (values: Row, name: string) => {
    const blank = latest.current.findIndex((row) => isBlank(part.entity, row, fresh()));
    const row = knownRow({ ...fresh(), ...values });
    write(blank < 0 ? [...latest.current, row] : latest.current.with(blank, row));
    follow(row, name);
  };
  const remove = (at: number) => write(latest.current.toSpliced(at, size(at)));
  const move = (from: number, to: number) => {
    if (to < 0 || to >= latest.current.length) return;
    write(moved(latest.current, from, to, rules?.together));
  };
  const paste = (event: React.ClipboardEvent) => {
    const cell = cellOf(event);
    const text = event.clipboardData.getData('text/plain');
    const pasted = cell && pasteInto(part.entity, fields, rules, { rows, fresh, ...cell, text });
    if (!pasted) return;
    event.preventDefault();
    write(pasted.rows);
    for (const { at, field, text: name } of pasted.names) {
      const row = pasted.rows[at];
      void recordNamed(field.to ?? '', name).then((link) => {
        const now = row ? latest.current.indexOf(row) : -1;
        if (link && now >= 0) change(now, field.name, link);
      });
    }
  };
  const keys = (event: KeyboardEvent) => {
    const cell = cellOf(event);
    const plain = event.target instanceof HTMLInputElement && event.target.classList.contains('line-input');
    if (!cell || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    const step = event.key === 'ArrowUp' ? -1 : 1;
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      move(cell.at, cell.at + step);
      focusCell(cell.at + step, cell.column);
    } else if (plain && (event.key === 'Enter' || event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      if (event.key === 'Enter' && cell.at === rows.length - 1) add(cell.column);
      else focusCell(cell.at + step, cell.column);
    }
  };
  const figures = rules?.figures(head, rows, currency) ?? [];
  const shared = { entity, part, fields, head, rows, figures, rules, errors, change, remove, move, replace };
  const whole = errors[part.name];
  const Foot = rules?.Foot;
  const Intake = rules?.Intake;
  return (
    <fieldset
      className="form-group lines"
      ref={box as React.RefObject<HTMLFieldSetElement | null>}
      onPaste={paste}
      onKeyDown={keys}
    >
      <legend>{part.entity.label}</legend>
      {whole && (
        <p className="field-error" role="alert">
          {whole}
        </p>
      )}
      {cards ? <EditCards {...shared} whole={!phone} /> : <EditTable {...shared} />}
      <div className="lines-bar">
        <button type="button" className="button" onClick={() => add()}>
          {t('lines.add')}
        </button>
        {Intake && (
          <Suspense fallback={null}>
            <Intake part={part.entity} rows={() => latest.current} change={change} add={take} />
          </Suspense>
        )}
        {!cards && <span className="quiet">{t('lines.hint')}</span>}
      </div>
      {Foot && <Foot part={part.entity} head={head} rows={rows} />}
    </fieldset>
  );
}
