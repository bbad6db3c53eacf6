import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button, Dropdown, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportQuery, ValueSpec } from '../../../platform/analysis/query.shared.ts';
import { CHARTS, type ChartKind } from '../../../platform/analysis/view.shared.ts';
import { get, patch, post, url } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { useRecord } from '../../../web/api/records.ts';
import type { Filter, MetaEntity, WireRecord } from '../../../web/api/types.ts';
import { ShareDialog } from '../../../web/file/ShareDialog.tsx';
import { ConditionGroup } from '../../../web/list/ConditionGroup.tsx';
import { tidy } from '../../../web/list/filterModel.ts';
import { useDebounced } from '../../../web/shell/hooks.ts';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { submits, useSaving } from '../../../web/shell/useSaving.ts';
import { Answer } from './Answer.tsx';
import { refreshAnalysis } from './api.ts';
import { asGroup } from './dialogs.tsx';
import { type Choice, type Draft, draftOf, emptyDraft, groupBy, measureOf, queryOf } from './model.ts';
import { Palette, type Well } from './Palette.tsx';
import { Wells } from './Wells.tsx';
import { valueWords } from './words.ts';
import '../../../web/styles/list.css';
import '../../../web/styles/form.css';
import './analysis.css';

/** A new report: from nothing, from a list, or from one that was brought along. */
export function NewReport() {
  const { t } = useTranslation();
  const search = useSearch({ strict: false }) as { entity?: string; filter?: Filter; query?: ReportQuery };
  const meta = useMeta();
  const first =
    meta.entities.find((entity) => entity.name === 'opportunity') ??
    meta.entities.find((entity) => may(entity, 'read'));
  const name = search.query?.entity ?? search.entity ?? first?.name ?? '';
  if (!meta.entity(name)) return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  const draft = search.query ? draftOf(search.query) : emptyDraft(name, search.filter ?? null);
  return <Builder draft={draft} chart="table" />;
}

interface Kept {
  id: string;
  name: string;
  mine: boolean;
  definition: { query: ReportQuery; chart: ChartKind };
}

/** A kept report: whoever may change it builds on, everyone else looks. */
export function SavedReport() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { data, error, refetch } = useQuery({
    queryKey: ['analysis', 'reports', id],
    queryFn: ({ signal }) => get<Kept>(`/analysis/reports/${id}`, undefined, signal),
  });
  // Given to a role it is no record of one's own; then there is nothing to change.
  const record = useRecord('saved-reports', id);
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data || (record.isLoading && !record.error)) return <PageSkeleton />;
  return (
    <Builder
      key={id}
      draft={draftOf(data.definition.query)}
      chart={data.definition.chart}
      kept={{ id, name: data.name, ...(record.data ? { record: record.data } : {}) }}
    />
  );
}

const TYPING_MS = 400;

interface BuilderProps {
  draft: Draft;
  chart: ChartKind;
  kept?: { id: string; name: string; record?: WireRecord };
}

/** Fields on the left, what is asked above, what it says beneath, while one builds. */
function Builder({ draft: begun, chart: seen, kept }: BuilderProps) {
  const { t } = useTranslation();
  const meta = useMeta();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(begun);
  const [chart, setChart] = useState<ChartKind>(seen);
  const [name, setName] = useState(kept?.name ?? '');
  const [sharing, setSharing] = useState(false);
  const { busy, run } = useSaving();
  const entity = meta.entity(draft.entity);
  const query = queryOf(draft, tidy);
  const asked = useDebounced(JSON.stringify(query), TYPING_MS);
  if (!entity) return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  const locked = kept !== undefined && !kept.record?.can.update;
  const change = (more: Partial<Draft>) => setDraft((old) => ({ ...old, ...more }));
  const add = (choice: Choice, well: Well) =>
    change({ [well]: [...draft[well], ...(well === 'values' ? [measureOf(choice)] : [groupBy(choice)])] });
  const reports = meta.entity('savedReport');
  const save = () =>
    run(async () => {
      const values = { name, definition: { query, chart } };
      const saved = kept?.record
        ? await patch<WireRecord>(`/saved-reports/${kept.id}`, values, kept.record.version)
        : await post<WireRecord>('/saved-reports', values);
      refreshAnalysis();
      toast(t('analysis.saved', { name: saved.title }), { kind: 'good' });
      void navigate({ to: `/analysis/${saved.id}` as string });
    }, toastError);
  return (
    <form className="page full" onSubmit={submits(save)}>
      <div className="head">
        <h1 tabIndex={-1}>{kept ? kept.name : t('analysis.new')}</h1>
        <span className="fill" />
        <FileButtons entity={entity} query={query} />
        {kept?.record?.can.share && <Button onClick={() => setSharing(true)}>{t('share.title')}</Button>}
        {!locked && reports && may(reports, 'create') && (
          <>
            <Input
              className="report-name"
              value={name}
              maxLength={100}
              placeholder={t('analysis.name')}
              aria-label={t('analysis.name')}
              onChange={(event) => setName(event.target.value)}
            />
            <Button type="primary" htmlType="submit" loading={busy} disabled={!name.trim() || !query}>
              {t('save')}
            </Button>
          </>
        )}
      </div>
      <div className={locked ? '' : 'report-builder'}>
        {!locked && (
          <div className="report-side">
            <Select
              className="report-entity"
              aria-label={t('analysis.records')}
              value={draft.entity}
              showSearch
              optionFilterProp="label"
              onChange={(next) => setDraft(emptyDraft(next))}
              options={meta.entities
                .filter((each) => may(each, 'read'))
                .map((each) => ({ value: each.name, label: each.manyLabel }))}
            />
            <Palette entity={entity} onAdd={add} />
          </div>
        )}
        <div className="report-main">
          {!locked && (
            <section className="card report-asked">
              <Wells entity={entity} draft={draft} onChange={change} onAdd={add} />
              <details className="report-conditions" open={draft.filter !== null}>
                <summary>{t('analysis.conditions')}</summary>
                <ConditionGroup
                  entity={entity}
                  value={asGroup(draft.filter)}
                  depth={0}
                  onChange={(filter) => change({ filter })}
                />
              </details>
              <Order entity={entity} draft={draft} onChange={change} />
            </section>
          )}
          <section className="card report-said" aria-label={t('analysis.answer')}>
            <ChartChoice value={chart} onChange={setChart} />
            <Answer
              source={asked === 'null' ? null : { query: JSON.parse(asked) as ReportQuery }}
              chart={chart}
              label={name || t('analysis.answer')}
            />
          </section>
        </div>
      </div>
      {sharing && kept?.record && reports && (
        <ShareDialog entity={reports} record={kept.record} onClose={() => setSharing(false)} />
      )}
    </form>
  );
}

export function ChartChoice({ value, onChange }: { value: ChartKind; onChange(chart: ChartKind): void }) {
  const { t } = useTranslation();
  return (
    <Select<ChartKind>
      size="small"
      className="report-chart-choice"
      aria-label={t('analysis.chart')}
      value={value}
      onChange={onChange}
      options={CHARTS.map((chart) => ({ value: chart, label: t(`analysis.charts.${chart}`) }))}
    />
  );
}

const MOST = 1000;

/** In which order, and how many. */
function Order({
  entity,
  draft,
  onChange,
}: {
  entity: MetaEntity;
  draft: Draft;
  onChange(change: Partial<Draft>): void;
}) {
  const { t } = useTranslation();
  const meta = useMeta();
  const chosen = draft.sort ? `${draft.sort.by}${draft.sort.desc ? '-' : '+'}` : '';
  const pick = (text: string) => {
    const by = text.slice(0, -1);
    onChange({
      sort: text
        ? { by: by === 'label' ? 'label' : Number(by), ...(text.endsWith('-') ? { desc: true } : {}) }
        : undefined,
    });
  };
  const named = (spec: ValueSpec) => valueWords(t, meta, entity, spec);
  return (
    <div className="report-order">
      <Select
        size="small"
        aria-label={t('analysis.order')}
        value={chosen}
        onChange={pick}
        popupMatchSelectWidth={false}
        options={[
          { value: '', label: t('analysis.usualOrder') },
          { value: 'label+', label: t('analysis.byName') },
          ...draft.values.flatMap((spec, at) => [
            { value: `${at}-`, label: t('analysis.mostFirst', { name: named(spec) }) },
            { value: `${at}+`, label: t('analysis.leastFirst', { name: named(spec) }) },
          ]),
        ]}
      />
      <InputNumber
        size="small"
        min={1}
        max={MOST}
        aria-label={t('analysis.limit')}
        placeholder={t('analysis.limit')}
        value={draft.limit ?? null}
        onChange={(limit) => onChange({ limit: limit ?? undefined })}
      />
    </div>
  );
}

/** As a file, for whoever may take records of this type out of the house; printed by the browser. */
export function FileButtons({
  entity,
  query,
  source,
}: {
  entity: MetaEntity;
  query?: ReportQuery | null;
  source?: object;
}) {
  const { t } = useTranslation();
  const asked = source ?? (query ? { query } : null);
  if (!asked) return null;
  const open = (format: string) =>
    window.open(url('/analysis/file', { source: asked, format }), '_blank', 'noopener');
  const files = may(entity, 'export')
    ? ['xlsx', 'pdf'].map((format) => ({
        key: format,
        label: t(`analysis.file.${format}`),
        onClick: () => void open(format),
      }))
    : [];
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [...files, { key: 'print', label: t('analysis.print'), onClick: () => window.print() }],
      }}
    >
      <Button>{t('analysis.export')}</Button>
    </Dropdown>
  );
}
