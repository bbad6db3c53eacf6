import { Button, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../api/meta.tsx';
import type { MetaEntity } from '../api/types.ts';
import { CURRENCIES } from '../fields/currencies.ts';
import { FormError } from '../shell/FormError.tsx';
import { useSaving } from '../shell/useSaving.ts';
import {
  type Answers,
  changeImport,
  type ImportJob,
  importStep,
  type MappedColumn,
  partOf,
  questionsFor,
} from './api.ts';
import { Questions } from './Questions.tsx';
import { SavedMappings } from './SavedMappings.tsx';
import { importTargets } from './targets.ts';

interface Props {
  job: ImportJob;
  entity: MetaEntity;
}

/** Each column of the file with samples, and the field it becomes; what is ambiguous is asked. */
export function MapStep({ job, entity }: Props) {
  const { t } = useTranslation();
  const meta = useMeta();
  const [mapping, setMapping] = useState(job.mapping);
  const [answers, setAnswers] = useState<Answers>({
    ...(job.options?.dateOrder ? { dateOrder: job.options.dateOrder } : {}),
    ...(job.options?.decimal ? { decimal: job.options.decimal } : {}),
    ...(job.options?.currency ? { currency: job.options.currency } : {}),
  });
  const [mode, setMode] = useState(job.options?.mode ?? 'create');
  const [key, setKey] = useState(job.options?.key ?? null);
  const [onDuplicate, setOnDuplicate] = useState(job.options?.onDuplicate ?? 'skip');
  const { busy, message, run: act } = useSaving();
  const targets = importTargets(meta, entity);
  const used = new Set(mapping.flatMap((column) => column.field ?? []));
  const amounts = entity.fields.some((field) => field.kind === 'money' && used.has(field.name));
  const put = (column: number, field: string | null) =>
    setMapping(
      mapping.map((held) => (held.column === column ? { ...held, field, confidence: field ? 1 : 0 } : held)),
    );
  const openIn = (of: ImportJob, columns: MappedColumn[]) =>
    columns.flatMap((column) =>
      questionsFor(of, column).filter((question) => {
        const part = partOf(question);
        return part && !answers[part];
      }),
    ).length;
  const unanswered = openIn(job, mapping);
  const missing = entity.fields.filter(
    (field) =>
      field.required && field.default === undefined && field.access === 'write' && !used.has(field.name),
  );
  const ready = used.size > 0 && unanswered === 0 && (mode === 'create' ? missing.length === 0 : !!key);
  const check = () =>
    act(async () => {
      const changes = { mapping, mode, onDuplicate, answers, key: mode === 'upsert' ? key : null };
      const saved = await changeImport(job.id, changes);
      // Another field for a column may raise a question of its own.
      if (openIn(saved, saved.mapping) > 0) setMapping(saved.mapping);
      else await importStep(saved, 'check');
    });
  return (
    <>
      <div className="import-file">
        <b>{job.fileName}</b>

        {(job.sheetNames?.length ?? 0) > 1 && (
          <Select
            aria-label={t('import.sheet')}
            value={job.sheet ?? job.sheetNames?.[0] ?? null}
            options={job.sheetNames?.map((name) => ({ value: name, label: name })) ?? []}
            onChange={(sheet) => void act(async () => void (await changeImport(job.id, { sheet })))}
            style={{ minWidth: 140 }}
          />
        )}
        <span className="fill" />
        <SavedMappings entity={entity} mapping={mapping} onLoad={setMapping} />
      </div>
      <section className="card scroll-x">
        <table className="plain-table map-table">
          <thead>
            <tr>
              <th>{t('import.column')}</th>
              <th>{t('import.samples')}</th>
              <th>{t('import.becomes')}</th>
              <th>{t('import.certainty')}</th>
            </tr>
          </thead>
          <tbody>
            {mapping.map((column) => (
              <tr key={column.column} className={column.field ? '' : 'off'}>
                <th scope="row">{column.header || t('import.noHeader', { number: column.column + 1 })}</th>
                <td className="samples">
                  {(job.samples?.[column.column] ?? []).slice(0, 3).map((sample, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: samples may be alike
                    <span key={index}>{sample}</span>
                  ))}
                </td>
                <td>
                  <Select
                    aria-label={t('import.becomesOf', { header: column.header })}
                    showSearch={{ optionFilterProp: 'label' }}
                    allowClear
                    value={column.field || null}
                    placeholder={t('import.leaveOut')}
                    options={targets.map((target) => ({
                      value: target.field,
                      label: target.label,
                      disabled: used.has(target.field) && target.field !== column.field,
                    }))}
                    onChange={(field) => put(column.column, field ?? null)}
                    popupMatchSelectWidth={false}
                    style={{ width: '100%', minWidth: 150 }}
                  />
                  <Questions questions={questionsFor(job, column)} answers={answers} onAnswer={setAnswers} />
                </td>
                <td>
                  <Certainty column={column} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className="card pad import-mode">
        <div className="field">
          <span className="field-label">{t('import.mode')}</span>
          <Radio.Group value={mode} onChange={(event) => setMode(event.target.value)}>
            <Radio value="create">{t('import.mode.create')}</Radio>
            <Radio value="upsert">{t('import.mode.upsert')}</Radio>
          </Radio.Group>
        </div>
        {mode === 'upsert' ? (
          <div className="field">
            <label className="field-label" htmlFor="import-key">
              {t('import.key')}
            </label>
            <div>
              <Select
                id="import-key"
                value={key}
                placeholder={t('choose')}
                options={targets
                  .filter((target) => used.has(target.field))
                  .map((target) => ({ value: target.field, label: target.label }))}
                onChange={setKey}
                style={{ width: 220 }}
              />
              <p className="field-hint">{t('import.keyHint')}</p>
            </div>
          </div>
        ) : (
          <div className="field">
            <span className="field-label">{t('import.duplicate')}</span>
            <div>
              <Radio.Group value={onDuplicate} onChange={(event) => setOnDuplicate(event.target.value)}>
                {(['skip', 'update', 'create'] as const).map((choice) => (
                  <Radio key={choice} value={choice}>
                    {t(`import.duplicate.${choice}`)}
                  </Radio>
                ))}
              </Radio.Group>
              <p className="field-hint">{t('import.duplicateHint')}</p>
            </div>
          </div>
        )}
        {amounts && (
          <div className="field">
            <label className="field-label" htmlFor="import-currency">
              {t('import.currency')}
            </label>
            <div>
              <Select
                id="import-currency"
                value={answers.currency ?? meta.company.currency}
                options={[...new Set([meta.company.currency, ...CURRENCIES])].map((code) => ({
                  value: code,
                  label: code,
                }))}
                onChange={(currency) => setAnswers({ ...answers, currency })}
                style={{ width: 120 }}
              />
              <p className="field-hint">{t('import.currencyHint')}</p>
            </div>
          </div>
        )}
      </section>
      <FormError message={message} />
      {mode === 'create' && missing.length > 0 && (
        <p className="field-warning">
          {t('import.missing', { fields: missing.map((f) => f.label).join(t('list.comma')) })}
        </p>
      )}
      {unanswered > 0 && <p className="field-warning">{t('import.unanswered', { count: unanswered })}</p>}
      <div className="actions">
        <Button type="primary" disabled={!ready} loading={busy} onClick={() => void check()}>
          {t('import.check')}
        </Button>
        <span className="quiet">{t('import.checkHint')}</span>
      </div>
    </>
  );
}

const SURE = 0.85;

function Certainty({ column }: { column: MappedColumn }) {
  const { t } = useTranslation();
  if (!column.field) return <span className="quiet">{t('import.leaveOut')}</span>;
  return (column.confidence ?? 1) >= SURE ? (
    <span className="tag song">{t('import.sure')}</span>
  ) : (
    <span className="tag teng">{t('import.likely')}</span>
  );
}
