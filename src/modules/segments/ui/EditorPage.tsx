import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button, Input, Radio } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { patch, post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { useRecord } from '../../../web/api/records.ts';
import type { Filter, WireRecord } from '../../../web/api/types.ts';
import { ConditionGroup } from '../../../web/list/ConditionGroup.tsx';
import { firstField, group, isGroup, newTerm, partsOf, tidy } from '../../../web/list/filterModel.ts';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import '../../../web/styles/list.css';
import '../../../web/styles/form.css';
import './segments.css';
import { submits, useSaving } from '../../../web/shell/useSaving.ts';
import { refreshSegments } from './api.ts';
import { PreviewCard } from './PreviewCard.tsx';
import { RuleLost } from './RuleLost.tsx';
import { Said } from './Said.tsx';

/** A new segment, from nothing or from the conditions of a list. */
export function NewSegment() {
  const { entity = 'customer', filter } = useSearch({ strict: false }) as {
    entity?: string;
    filter?: Filter;
  };
  return <Editor key={entity} entity={entity} {...(filter ? { filter } : {})} />;
}

export function EditSegment() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { data, error, refetch } = useRecord('segments', id);
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return <Editor key={id} entity={String(data.entity)} segment={data} />;
}

const KINDS = ['live', 'frozen'] as const;
const ENTITIES = ['customer', 'contact'] as const;

/** Conditions on the left, what they take in on the right, while one writes. */
function Editor(props: { entity: string; segment?: WireRecord; filter?: Filter }) {
  const { t } = useTranslation();
  const meta = useMeta();
  const navigate = useNavigate();
  const ids = useId();
  const { segment } = props;
  const [target, setTarget] = useState(props.entity);
  const [name, setName] = useState(segment?.title ?? '');
  const [description, setDescription] = useState(String(segment?.description ?? ''));
  const [kind, setKind] = useState<unknown>(segment?.kind ?? 'live');
  const entity = meta.entity(target);
  const first = entity && firstField(entity);
  const fresh = (): Filter => group('and', first ? [newTerm(first)] : []);
  const [draft, setDraft] = useState<Filter>(
    () => asGroup(segment?.definition as Filter) ?? asGroup(props.filter) ?? fresh(),
  );
  const { busy, run } = useSaving();
  if (!entity) return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  const definition = tidy(draft);
  const locked = segment !== undefined && !segment.can.update;
  const save = () =>
    run(async () => {
      const values = { name, description: description || null, kind, definition };
      const saved = segment
        ? await patch<WireRecord>(`/segments/${segment.id}`, values, segment.version)
        : await post<WireRecord>('/segments', { ...values, entity: target });
      refreshSegments();
      toast(t('segments.saved', { name: saved.title }), { kind: 'good' });
      void navigate({ to: '/segments' as string });
    }, toastError);
  return (
    <form className="page full" onSubmit={submits(save)}>
      <div className="head">
        <h1 tabIndex={-1}>{segment ? segment.title : t('segments.new')}</h1>
        <span className="fill" />
        <Button onClick={() => void navigate({ to: '/segments' as string })}>{t('cancel')}</Button>
        {!locked && (
          <Button type="primary" htmlType="submit" loading={busy} disabled={!name.trim() || !definition}>
            {t('save')}
          </Button>
        )}
      </div>
      {segment && <RuleLost segment={segment} whole />}
      <div className="segment-editor">
        <section className="card">
          <div className="segment-fields">
            <label className="field" htmlFor={`${ids}name`}>
              <span className="field-label">{t('segments.name')}</span>
              <Input
                id={`${ids}name`}
                value={name}
                maxLength={100}
                disabled={locked}
                autoFocus={!segment}
                onChange={(event) => setName(event.target.value)}
              />
            </label>
            <label className="field" htmlFor={`${ids}text`}>
              <span className="field-label">{t('segments.description')}</span>
              <Input
                id={`${ids}text`}
                value={description}
                maxLength={2000}
                disabled={locked}
                onChange={(event) => setDescription(event.target.value)}
              />
            </label>
            {!segment && (
              <div className="field">
                <span className="field-label">{t('segments.ofWhat')}</span>
                <Radio.Group
                  value={target}
                  options={ENTITIES.flatMap((value) => {
                    const label = meta.entity(value)?.label;
                    return label ? [{ value, label }] : [];
                  })}
                  onChange={(event) => {
                    const other = meta.entity(event.target.value);
                    const field = other && firstField(other);
                    setTarget(event.target.value);
                    setDraft(group('and', field ? [newTerm(field)] : []));
                  }}
                />
              </div>
            )}
            <div className="field">
              <span className="field-label">{t('segments.how')}</span>
              <Radio.Group
                value={kind}
                disabled={locked}
                options={KINDS.map((value) => ({ value, label: t(`segments.kindText.${value}`) }))}
                onChange={(event) => setKind(event.target.value)}
              />
            </div>
          </div>
          <h2>{t('segments.conditions')}</h2>
          {locked ? (
            definition && <Said entity={entity} definition={definition} />
          ) : (
            <ConditionGroup entity={entity} value={draft} onChange={setDraft} depth={0} />
          )}
        </section>
        <PreviewCard entity={entity} definition={definition} />
      </div>
    </form>
  );
}

const asGroup = (filter: Filter | undefined): Filter | undefined =>
  !filter ? undefined : isGroup(filter) && partsOf(filter).length > 0 ? filter : group('and', [filter]);
