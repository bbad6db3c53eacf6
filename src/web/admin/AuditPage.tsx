import { Link } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf, url } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import type { Link as Reference } from '../api/types.ts';
import { instantText } from '../fields/format.ts';
import { ReferencePicker } from '../fields/ReferencePicker.tsx';
import { Changes, useAudit, useCause } from '../file/audit.tsx';
import { useDebounced } from '../shell/hooks.ts';
import '../styles/file.css';

const DateInput = lazy(() => import('../fields/DateInput.tsx'));
const SEARCHED = [
  'create',
  'update',
  'delete',
  'restore',
  'erase',
  'transfer',
  'import',
  'export',
  'share',
  'undo',
];

/** What administrators define is no record type of its own. */
const DEFINITIONS: Record<string, string> = { customField: 'fields.own', recordType: 'admin.types' };

/** Who did what, when, from where, by which cause: searchable, never editable. */
export function AuditPage() {
  const { t } = useTranslation();
  const meta = useMeta();
  const cause = useCause();
  const [entity, setEntity] = useState<string | null>(null);
  const [action, setAction] = useState<string | null>(null);
  const [actor, setActor] = useState<Reference | null>(null);
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const text = useDebounced(typed.trim(), 300);
  const query = {
    entity: entity ?? undefined,
    action: action ?? undefined,
    actorId: actor?.id,
    text: text || undefined,
    from: from ?? undefined,
    to: to ?? undefined,
  };
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useAudit(query);
  const entries = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="head">
        <h1 tabIndex={-1}>{t('admin.audit')}</h1>
        <span className="fill" />
        <a className="button" href={url('/audit/export', query)} download>
          {t('export.title')}
        </a>
      </div>
      <div className="audit-filter">
        <Select
          aria-label={t('audit.type')}
          allowClear
          placeholder={t('audit.type')}
          value={entity}
          options={meta.entities.map((item) => ({ value: item.name, label: item.label }))}
          onChange={(next) => setEntity(next ?? null)}
        />
        <Select
          aria-label={t('audit.action')}
          allowClear
          placeholder={t('audit.action')}
          value={action}
          options={SEARCHED.map((name) => ({ value: name, label: t(`action.${name}`) }))}
          onChange={(next) => setAction(next ?? null)}
        />
        <Input
          aria-label={t('audit.text')}
          placeholder={t('audit.text')}
          value={typed}
          allowClear
          maxLength={200}
          onChange={(event) => setTyped(event.target.value)}
        />
        <ReferencePicker
          label={t('audit.actor')}
          to="user"
          noCreate
          value={actor ? [actor] : []}
          onChange={(next) => setActor(next[0] ?? null)}
        />
        <Suspense fallback={<span className="input-wait" />}>
          <DateInput label={t('filter.from')} value={from} withTime={false} onChange={setFrom} />
          <DateInput label={t('filter.to')} value={to} withTime={false} onChange={setTo} />
        </Suspense>
      </div>
      {error && <p className="form-error">{messageOf(error)}</p>}
      <section className="card scroll-x">
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t('audit.when')}</th>
              <th>{t('audit.actor')}</th>
              <th>{t('audit.action')}</th>
              <th>{t('audit.record')}</th>
              <th>{t('changes.title')}</th>
              <th>{t('audit.where')}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => {
              const target = meta.entity(entry.entity);
              const own = DEFINITIONS[entry.entity];
              return (
                <tr key={entry.id}>
                  <td className="nowrap">{instantText(entry.at)}</td>
                  <td>{entry.actor?.title ?? t('changes.system')}</td>
                  <td>{entry.label}</td>
                  <td>
                    {target && entry.recordId ? (
                      <Link to="/r/$plural/$id" params={{ plural: target.plural, id: entry.recordId }}>
                        {entry.recordTitle ?? target.label}
                      </Link>
                    ) : (
                      (entry.recordTitle ?? target?.label ?? (own ? t(own) : entry.entity))
                    )}
                  </td>
                  <td>
                    <Changes entry={entry} />
                    {entry.note && <small className="quiet">{entry.note}</small>}
                  </td>
                  <td className="quiet nowrap">
                    {entry.ip} {cause(entry.cause)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
        {data && entries.length === 0 && <p className="quiet pad-text">{t('audit.none')}</p>}
        {hasNextPage && (
          <Button block type="text" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('timeline.more')}
          </Button>
        )}
      </section>
    </>
  );
}
