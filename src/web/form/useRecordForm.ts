import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, messageOf } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import { createRecord, putRecord, refreshEntity } from '../api/records.ts';
import { sameValue, saveEdit, tellWarnings } from '../api/save.ts';
import type { MetaEntity, WireRecord } from '../api/types.ts';
import { newRow, partsMeta } from '../lines/rows.ts';
import { lineRulesOf } from '../slots.ts';
import { dropDraft, readDraft, writeDraft } from './draft.ts';
import {
  errorsByField,
  initialValues,
  missingFields,
  trimmed,
  type Values,
  valuesOf,
  withoutBlanks,
} from './model.ts';

const DRAFT_MS = 600;

interface Options {
  entity: MetaEntity;
  /** The record that is edited; none when one is made. */
  record?: WireRecord;
  given?: Values;
  onSaved: (saved: WireRecord) => void;
}

/** A form's values, draft, errors and saving. */
export function useRecordForm({ entity, record: now, given, onSaved }: Options) {
  const { t } = useTranslation();
  // What the person began from, even when others' changes reach the page meanwhile: saving against those would overwrite them.
  const record = useRef(now).current;
  const meta = useMeta();
  const { me } = meta;
  const parts = partsMeta(meta, entity);
  const freshRow = (part: MetaEntity) => ({ ...newRow(part), ...lineRulesOf(part)?.fresh() });
  const form = `${me.id}.${entity.name}.${record?.id ?? 'new'}`;
  const start = useRef<Values>(
    record
      ? valuesOf(entity, record, parts)
      : {
          ...Object.fromEntries(parts.map(({ name, entity: part }) => [name, [freshRow(part)]])),
          ...initialValues(entity, given),
        },
  );
  // A form opened with given values (a person of this customer) is not the one the draft was left in.
  const draft = useRef(given && Object.keys(given).length > 0 ? null : readDraft(form));
  const [values, setValues] = useState<Values>(() => ({ ...start.current, ...draft.current }));
  const [restored, setRestored] = useState(draft.current !== null);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [message, setMessage] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const saved = useRef(false);
  const dirty = Object.entries(values).some(([name, value]) => !sameValue(start.current[name], value));

  useEffect(() => {
    if (!dirty) return;
    const timer = setTimeout(() => !saved.current && writeDraft(form, values), DRAFT_MS);
    return () => clearTimeout(timer);
  }, [values, dirty, form]);

  /** @param fixed of rows the one cell that was changed; without it all that was wrong with them is forgotten */
  const change = (part: Values, fixed?: string) => {
    const known = (path: string) => (fixed ? path === fixed : (path.split('.')[0] ?? '') in part);
    setValues((held) => ({ ...held, ...part }));
    setErrors((held) => Object.fromEntries(Object.entries(held).filter(([path]) => !known(path))));
  };
  const discard = () => {
    dropDraft(form);
    setValues(start.current);
    setRestored(false);
    setErrors({});
  };
  const focusFirst = (names: string[]) =>
    setTimeout(() => {
      const first = names.map((name) => document.getElementById(`f-${entity.name}-${name}`)).find(Boolean);
      first?.focus();
    });
  const save = async () => {
    if (busy) return;
    const clean = withoutBlanks(trimmed(values), parts, freshRow);
    const missing = missingFields(entity, clean, !record);
    if (missing.length > 0) {
      const label = (name: string) => entity.fields.find((field) => field.name === name)?.label ?? name;
      setErrors(
        Object.fromEntries(missing.map((name) => [name, t('form.required', { label: label(name) })])),
      );
      setMessage(null);
      focusFirst(missing);
      return;
    }
    setBusy(true);
    setMessage(null);
    // What is wrong with a row is told by its place: rows without anything in them are gone from the screen too.
    setValues((held) => ({
      ...held,
      ...Object.fromEntries(parts.map(({ name }) => [name, clean[name] ?? []])),
    }));
    try {
      const result = record
        ? await saveChanges(entity, record, start.current, clean)
        : await makeRecord(entity, clean);
      if (result) {
        saved.current = true;
        dropDraft(form);
        onSaved(result);
      }
    } catch (error) {
      const { fields, rest } =
        error instanceof ApiError ? errorsByField(entity, error.problem) : { fields: {}, rest: [] };
      setErrors(fields);
      setMessage([messageOf(error), ...rest].join(' '));
      focusFirst(Object.keys(fields));
    } finally {
      setBusy(false);
    }
  };
  return { values, change, errors, message, busy, dirty, restored, save, discard };
}

async function makeRecord(entity: MetaEntity, values: Values): Promise<WireRecord> {
  const filled = Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== ''),
  );
  const { warnings, ...made } = await createRecord(entity.plural, filled);
  putRecord(entity.plural, made as WireRecord);
  refreshEntity(entity.plural);
  tellWarnings(warnings);
  return made as WireRecord;
}

async function saveChanges(entity: MetaEntity, record: WireRecord, before: Values, after: Values) {
  const changes = Object.fromEntries(
    Object.entries(after).filter(([name, value]) => !sameValue(before[name], value)),
  );
  if (Object.keys(changes).length === 0) return record;
  return saveEdit(entity, record, changes, { quiet: true });
}
