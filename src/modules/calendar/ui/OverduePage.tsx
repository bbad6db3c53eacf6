import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldOf, useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity, useList } from '../../../web/api/records.ts';
import type { MetaEntity, WireRecord } from '../../../web/api/types.ts';
import { openCreate } from '../../../web/form/create.ts';
import { useKeys } from '../../../web/shell/hooks.ts';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import './calendar.css';
import { OverdueLine } from './OverdueLine.tsx';
import { overdueFilter, planContact, useOverdueContacts } from './overdue.ts';
import { PeoplePicker } from './PeoplePicker.tsx';
import { usePlanned } from './usePlanned.ts';

/** Customers who have not heard from us for longer than their rhythm, the longest first. */
export function OverduePage() {
  const { t } = useTranslation();
  const customer = useMeta().entity('customer');
  const { data, error, refetch } = useOverdueContacts();
  if (!customer) return <StatusPage title={t('page.forbidden')} text={t('overdue.noRight')} />;
  if (error) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return <OverdueList entity={customer} today={data.today} nextWorkday={data.nextWorkday} />;
}

function OverdueList(props: { entity: MetaEntity; today: string; nextWorkday: string }) {
  const { t } = useTranslation();
  const { entity, today, nextWorkday } = props;
  const meta = useMeta();
  const navigate = useNavigate();
  const { people = 'me', grade = null } = useSearch({ strict: false }) as {
    people?: string;
    grade?: string;
  };
  const owner = people === 'me' ? meta.me.id : people === 'team' ? null : people;
  const list = useList(entity.plural, {
    filter: overdueFilter(today, owner, grade),
    sort: 'nextContactDue',
  });
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState(0);
  const customers = (list.data?.pages.flatMap(({ items }) => items) ?? []).filter(({ id }) => !gone.has(id));
  const planned = usePlanned(customers);
  const current = customers[Math.min(at, customers.length - 1)];
  const show = (part: object) =>
    void navigate({
      to: '/overdue' as string,
      search: { people, ...(grade ? { grade } : {}), ...part } as never,
      replace: true,
    });

  const follow = async (who: WireRecord) => {
    const activity = meta.entity('activity');
    if (!activity || !(await openCreate(activity, { customer: { id: who.id, title: who.title } }))) return;
    // When the next contact is due is reckoned behind the page.
    setGone((before) => new Set(before).add(who.id));
    refreshEntity(entity.plural);
  };
  const plan = async (who: WireRecord, plural: 'tasks' | 'visits') => {
    try {
      const what = t(`overdue.what.${plural}`, { customer: who.title });
      const takeBack = await planContact(who, { plural, what, day: nextWorkday });
      toast(t('overdue.planned', { date: nextWorkday.slice(5) }), {
        kind: 'good',
        detail: what,
        action: { label: t('undo'), run: () => void takeBack().catch(toastError) },
      });
    } catch (failure) {
      toastError(failure);
    }
  };
  useKeys({
    j: () => setAt(Math.min(at + 1, customers.length - 1)),
    k: () => setAt(Math.max(at - 1, 0)),
    f: () => current && void follow(current),
    t: () => current && void plan(current, 'tasks'),
    enter: () =>
      current && void navigate({ to: '/r/$plural/$id', params: { plural: entity.plural, id: current.id } }),
  });
  const plannedText = (id: string) => {
    const record = planned(id);
    const day = record && String(record.dueDate ?? record.date ?? '').slice(5);
    return record ? t('overdue.isPlanned', { date: day, what: record.title }) : null;
  };
  if (list.error && !list.data) return <FailedPage error={list.error} again={() => void list.refetch()} />;
  if (!list.data) return <PageSkeleton />;
  const first = list.data.pages[0];
  const options = fieldOf(entity, 'grade')?.options ?? [];
  return (
    <div className="page narrow">
      <div className="head">
        <h1 tabIndex={-1}>{t('overdue.title')}</h1>
        <span className="quiet">
          {t('overdue.count', { count: `${first?.total ?? 0}${first?.totalIsExact === false ? '+' : ''}` })}
        </span>
        <span className="fill" />
        <PeoplePicker value={people} onChange={(next) => show({ people: next })} />
        {options.length > 0 && (
          <Select
            aria-label={t('overdue.grade')}
            value={grade ?? ''}
            onChange={(next) => show({ grade: next || undefined })}
            style={{ minWidth: 120 }}
            options={[
              { value: '', label: t('overdue.anyGrade') },
              ...options.map((option) => ({
                value: option.value,
                label: option.label,
              })),
            ]}
          />
        )}
      </div>
      <section className="card" aria-label={t('overdue.title')}>
        <ul className="overdue-list">
          {customers.map((customer, index) => (
            <OverdueLine
              key={customer.id}
              entity={entity}
              customer={customer}
              planned={plannedText(customer.id)}
              nextWorkday={nextWorkday}
              now={customer === current && at > 0}
              withOwner={people === 'team'}
              onFollow={() => {
                setAt(index);
                void follow(customer);
              }}
              onPlan={(plural) => void plan(customer, plural)}
            />
          ))}
        </ul>
        {customers.length === 0 && (
          <div className="empty-page">
            <h2>{t('overdue.none')}</h2>
            <p>{t('overdue.noneText')}</p>
          </div>
        )}
        {list.hasNextPage && (
          <Button
            block
            type="text"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('timeline.more')}
          </Button>
        )}
      </section>
    </div>
  );
}
