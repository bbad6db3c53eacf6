import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { fieldOf, may, useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity, useShortList } from '../../../web/api/records.ts';
import { saveEdit } from '../../../web/api/save.ts';
import type { Filter, MetaEntity, Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { openCreate } from '../../../web/form/create.ts';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import type { PlanCounts } from '../call-back/plan-counts.ts';
import { BrokenNote } from './BrokenPlan.tsx';
import './work.css';

const MOST = 200;

/** Whom we call back, when and what we ask, with how far each plan is. */
export function PlansPage() {
  const { t } = useTranslation();
  const entity = useMeta().entity('callBackPlan');
  const { data, error, refetch } = useShortList(entity?.plural, { sort: 'name' }, MOST);
  const counts = useQuery({
    queryKey: ['short', 'call-backs', 'counts'],
    queryFn: () => get<{ items: PlanCounts[] }>('/call-back-plans/counts'),
  });
  if (!entity) return <StatusPage title={t('page.forbidden')} text={t('plans.noRight')} />;
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const make = async () => {
    if (await openCreate(entity)) refreshEntity(entity.plural);
  };
  return (
    <div className="page narrow">
      <div className="head">
        <h1 tabIndex={-1}>{t('plans.title')}</h1>
        <span className="fill" />
        <Link className="button" to="/r/$plural" params={{ plural: 'call-backs' }}>
          {t('plans.all')}
        </Link>
        {may(entity, 'create') && (
          <Button type="primary" onClick={() => void make()}>
            {t('plans.new')}
          </Button>
        )}
      </div>
      <section className="card" aria-label={t('plans.title')}>
        <ul className="plan-list">
          {data.items.map((plan) => (
            <PlanLine
              key={plan.id}
              entity={entity}
              plan={plan}
              counts={counts.data?.items.find((each) => each.plan === plan.id)}
            />
          ))}
        </ul>
        {data.items.length === 0 && (
          <div className="empty-page">
            <h2>{t('plans.none')}</h2>
            <p>{t(may(entity, 'create') ? 'plans.noneText' : 'plans.noneMine')}</p>
          </div>
        )}
      </section>
    </div>
  );
}

function PlanLine(props: { entity: MetaEntity; plan: WireRecord; counts: PlanCounts | undefined }) {
  const { t } = useTranslation();
  const { entity, plan, counts } = props;
  const segment = (plan.segment as Reference | null | undefined)?.title;
  const active = fieldOf(entity, 'active');
  const questions = String(plan.questions ?? '')
    .split('\n')
    .filter((line) => line.trim()).length;
  return (
    <li className={plan.active ? '' : 'off'}>
      <div className="what">
        <Link to="/r/$plural/$id" params={{ plural: entity.plural, id: plan.id }}>
          {plan.title}
        </Link>
        <small>
          {[
            plan.trigger ? t(`plans.when.${plan.trigger}`, { count: Number(plan.days ?? 0) }) : null,
            segment ? t('plans.only', { segment }) : null,
            questions > 0 ? t('plans.questions', { count: questions }) : null,
            (plan.owner as Reference | null)?.title,
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
        <span className="tag-row">
          <BrokenNote record={plan} />
          {counts && <Counts plan={plan.id} counts={counts} />}
          {!counts && <span className="quiet">{t('plans.nothingYet')}</span>}
        </span>
      </div>
      {active && (
        <Switch
          aria-label={t('plans.active', { title: plan.title })}
          checked={plan.active === true}
          disabled={!plan.can.update || active.access !== 'write'}
          onChange={async (on) => {
            if (await saveEdit(entity, plan, { active: on })) refreshEntity(entity.plural);
          }}
        />
      )}
    </li>
  );
}

const TONES = { open: 'dai', done: 'song', skipped: '' } as const;

/** Each number leads to the call-backs behind it. */
function Counts({ plan, counts }: { plan: string; counts: PlanCounts }) {
  const { t } = useTranslation();
  const of = (status: string): Filter => ({
    and: [
      { field: 'plan', op: 'eq', value: plan },
      { field: 'status', op: 'in', value: [status] },
    ],
  });
  return (Object.keys(TONES) as (keyof typeof TONES)[])
    .filter((status) => counts[status] > 0)
    .map((status) => (
      <Link
        key={status}
        className={`tag ${status === 'open' && counts.late > 0 ? 'zhu' : TONES[status]}`}
        to="/r/$plural"
        params={{ plural: 'call-backs' }}
        search={{ filter: of(status) }}
      >
        {t(`plans.${status}`, { count: counts[status] })}
        {status === 'open' && counts.late > 0 && ` · ${t('plans.late', { count: counts.late })}`}
      </Link>
    ));
}
