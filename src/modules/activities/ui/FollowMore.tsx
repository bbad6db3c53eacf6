import { Checkbox, Input, Select } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../../../web/api/meta.tsx';
import { useShortList } from '../../../web/api/records.ts';
import { PlaceField } from './PlaceField.tsx';
import type { Draft } from './useFollowUp.ts';

const DateInput = lazy(() => import('../../../web/fields/DateInput.tsx'));

interface Props {
  draft: Draft;
  errors: Record<string, string>;
  put: (part: Partial<Draft>) => void;
}

/** With whom, when, where, and what is next. */
export function FollowMore({ draft, errors, put }: Props) {
  const { t } = useTranslation();
  const contact = useMeta().entity('contact');
  const people = useShortList(
    draft.customer ? contact?.plural : undefined,
    { filter: { field: 'customer', op: 'eq', value: draft.customer?.id } },
    100,
  );
  return (
    <div className="follow-more">
      <label>
        <span>{t('follow.people')}</span>
        <Select
          mode="multiple"
          aria-label={t('follow.people')}
          optionFilterProp="label"
          value={draft.contacts}
          options={people.data?.items.map((person) => ({ value: person.id, label: person.title })) ?? []}
          onChange={(contacts) => put({ contacts })}
          placeholder={t('follow.peopleHint')}
          style={{ width: '100%' }}
        />
      </label>
      <Suspense fallback={null}>
        <label>
          <span>{t('follow.when')}</span>
          <DateInput
            label={t('follow.when')}
            withTime
            value={draft.occurredAt}
            onChange={(occurredAt) => put({ occurredAt })}
          />
        </label>
        <label>
          <span>{t('follow.next')}</span>
          <DateInput
            label={t('follow.next')}
            withTime={false}
            value={draft.nextDate}
            invalid={!!errors.nextDate}
            onChange={(nextDate) => put({ nextDate })}
          />
        </label>
      </Suspense>
      <label>
        <span>{t('follow.nextStep')}</span>
        <Input
          aria-label={t('follow.nextStep')}
          value={draft.nextStep}
          maxLength={200}
          placeholder={t('follow.nextStepHint')}
          onChange={(event) => put({ nextStep: event.target.value })}
        />
      </label>
      <label className="follow-from">
        <Checkbox
          checked={draft.fromCustomer}
          onChange={(event) => put({ fromCustomer: event.target.checked })}
        >
          {t('follow.fromCustomer')}
        </Checkbox>
      </label>
      <PlaceField place={draft.place} here={draft.here} onChange={put} />
    </div>
  );
}
