import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { fieldOf, may, useMeta } from '../../../web/api/meta.tsx';
import type { MetaEntity, Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { FieldValue } from '../../../web/fields/FieldValue.tsx';
import { dayOf, daysFromToday } from '../../../web/fields/format.ts';
import { MenuItems, Pop } from '../../../web/shell/Pop.tsx';

interface Props {
  entity: MetaEntity;
  customer: WireRecord;
  /** What stands in somebody's plan for this customer already. */
  planned: string | null;
  nextWorkday: string;
  now: boolean;
  withOwner: boolean;
  onFollow: () => void;
  onPlan: (plural: 'tasks' | 'visits') => void;
}

/** One customer: how long over, when we last spoke, and the two things to do about it. */
export function OverdueLine(props: Props) {
  const { t } = useTranslation();
  const meta = useMeta();
  const { entity, customer, planned, nextWorkday, now, withOwner } = props;
  const grade = fieldOf(entity, 'grade');
  const last = customer.lastContactAt as string | null | undefined;
  const owner = (customer.owner as Reference | null)?.title;
  const plans = (['tasks', 'visits'] as const).filter((plural) => may(meta.byPlural(plural), 'create'));
  return (
    <li className={`overdue-line ${now ? 'now' : ''}`}>
      <span className="tag zhu">
        {t('overdue.days', { count: -daysFromToday(String(customer.nextContactDue)) })}
      </span>
      <div className="what">
        <Link to="/r/$plural/$id" params={{ plural: entity.plural, id: customer.id }}>
          {customer.title}
        </Link>{' '}
        {grade && customer.grade ? <FieldValue field={grade} value={customer.grade} compact /> : null}
        <small>
          {[
            last ? t('overdue.last', { date: dayOf(last) }) : t('overdue.never'),
            withOwner ? owner : null,
            planned,
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </div>
      <span className="work-actions">
        {may(meta.entity('activity'), 'create') && (
          <Button onClick={props.onFollow}>{t('follow.title')}</Button>
        )}
        {plans.length > 0 && (
          <Pop
            role="menu"
            align="end"
            label={t('overdue.plan')}
            trigger={(button) => (
              <button type="button" className="button" {...button}>
                {t('overdue.plan')}
              </button>
            )}
          >
            {(close) => (
              <MenuItems
                close={close}
                items={plans.map((plural) => ({
                  key: plural,
                  label: t(`overdue.plan.${plural}`, { date: nextWorkday.slice(5) }),
                  run: () => props.onPlan(plural),
                }))}
              />
            )}
          </Pop>
        )}
      </span>
    </li>
  );
}
