import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { useShortList } from '../../../web/api/records.ts';
import type { MetaEntity, MetaField, WireRecord } from '../../../web/api/types.ts';
import { valueText } from '../../../web/fields/format.ts';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { PlanDialog } from './PlanDialog.tsx';
import { gradesInWords } from './plan.ts';
import '../../../web/styles/file.css';
import './care.css';

/** The company's care plans, each in a line of words; one is opened where it is changed. */
export function PlansPage() {
  const { t } = useTranslation();
  const meta = useMeta();
  const type = meta.entity('carePlan');
  const grades = meta.entity('customer')?.fields.find(({ name }) => name === 'grade')?.options;
  const [open, setOpen] = useState<WireRecord | 'new' | null>(null);
  const { data, error, refetch } = useShortList(type?.plural, { sort: 'name' }, 200);
  // One that can no longer tell whom it is for makes nothing, and says so.
  const { data: broken } = useQuery({
    queryKey: ['care', 'broken-plans'],
    queryFn: () => get<{ items: string[] }>('/care/broken-plans'),
    enabled: type !== undefined,
  });
  const fails = (plan: WireRecord) => plan.active === true && (broken?.items.includes(plan.id) ?? false);
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data || !type) return <PageSkeleton />;
  return (
    <div className="page">
      <div className="head">
        <Link className="quiet crumb" to={'/care' as string}>
          {t('care.title')}
        </Link>
        <h1 tabIndex={-1}>{t('care.plans')}</h1>
        <span className="fill" />
        {may(type, 'create') && (
          <Button type="primary" onClick={() => setOpen('new')}>
            {t('care.planNew')}
          </Button>
        )}
      </div>
      <section className="card">
        <ul className="task-list">
          {data.items.map((plan) => (
            <li key={plan.id}>
              <div className="what">
                {plan.can.update ? (
                  <button type="button" className="link strong" onClick={() => setOpen(plan)}>
                    {plan.title}
                  </button>
                ) : (
                  <b>{plan.title}</b>
                )}
                <small>{inWords(type, plan, grades)}</small>
              </div>
              <span className={`tag ${fails(plan) ? 'zhu' : plan.active ? 'song' : ''}`}>
                {t(fails(plan) ? 'care.planBroken' : plan.active ? 'care.planOn' : 'care.planOff')}
              </span>
            </li>
          ))}
        </ul>
        {data.items.length === 0 && (
          <div className="empty-page">
            <h2>{t('care.planNone')}</h2>
            <p>{t('care.noneText')}</p>
          </div>
        )}
      </section>
      {open && (
        <PlanDialog
          key={open === 'new' ? 'new' : open.id}
          {...(open === 'new' ? {} : { plan: open })}
          done={() => setOpen(null)}
        />
      )}
    </div>
  );
}

/** When, how and for whom, in a line. */
function inWords(type: MetaEntity, plan: WireRecord, grades: MetaField['options']): string {
  const text = (name: string) => {
    const field = type.fields.find((each) => each.name === name);
    return field && plan[name] !== null ? valueText(field, plan[name]) : '';
  };
  return [
    plan.occasion === 'festival' ? text('festival') : text('occasion'),
    text('action'),
    gradesInWords(plan.grades, grades),
    text('segment'),
    text('assignee'),
  ]
    .filter(Boolean)
    .join(' · ');
}
