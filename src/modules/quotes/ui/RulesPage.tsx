import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, put } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import { useShortList } from '../../../web/api/records.ts';
import { FormError } from '../../../web/shell/FormError.tsx';
import { PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { toast } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { QuoteRules } from '../quote/limit.ts';
import { MarginCard } from './MarginCard.tsx';
import { SealCard } from './SealCard.tsx';
import './quotes.css';

/** How far people may go without asking, and how long quotes hold. */
export function RulesPage() {
  const { t } = useTranslation();
  const { data } = useQuery({ queryKey: ['quote-rules'], queryFn: () => get<QuoteRules>('/quote-rules') });
  const roles = useShortList('roles', { sort: 'name' });
  const [rules, setRules] = useState<QuoteRules | null>(null);
  const { busy, message, run } = useSaving();
  useEffect(() => {
    if (data) setRules((held) => held ?? data);
  }, [data]);
  if (!rules) return <PageSkeleton />;
  const options = roles.data?.items.map(({ id, title }) => ({ value: id, label: title })) ?? [];
  const setRole = (at: number, next: QuoteRules['roles'][number] | null) =>
    setRules({ ...rules, roles: next ? rules.roles.with(at, next) : rules.roles.toSpliced(at, 1) });
  const save = () =>
    void run(async () => {
      const stored = { ...rules, roles: rules.roles.filter(({ role }) => role !== '') };
      await put('/quote-rules', stored);
      await queryClient.invalidateQueries({ queryKey: ['quote-rules'] });
      toast(t('quotes.rulesSaved'), { kind: 'good' });
    });
  return (
    <div className="page narrow">
      <div className="head">
        <h1 tabIndex={-1}>{t('quotes.rules')}</h1>
      </div>
      <section className="card pad quote-rules">
        <p className="quiet">{t('quotes.rulesHint')}</p>
        <FormError message={message} />
        <label className="quote-rules-row" htmlFor="quote-limit">
          <span>{t('quotes.limit')}</span>
          <InputNumber
            id="quote-limit"
            min={0}
            max={100}
            suffix="%"
            placeholder={t('quotes.noLimit')}
            value={rules.limit}
            onChange={(limit) => setRules({ ...rules, limit })}
          />
        </label>
        {rules.roles.map(({ role, percent }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by nothing else
          <div className="quote-rules-row" key={at}>
            <Select
              aria-label={t('quotes.role')}
              value={role || null}
              placeholder={t('quotes.role')}
              options={options}
              onChange={(next: string) => setRole(at, { role: next, percent })}
            />
            <InputNumber
              aria-label={t('quotes.roleLimit')}
              min={0}
              max={100}
              suffix="%"
              value={percent}
              onChange={(next) => setRole(at, { role, percent: next ?? 0 })}
            />
            <Button type="text" onClick={() => setRole(at, null)}>
              {t('delete')}
            </Button>
          </div>
        ))}
        <div>
          <Button onClick={() => setRules({ ...rules, roles: [...rules.roles, { role: '', percent: 0 }] })}>
            {t('quotes.addRole')}
          </Button>
        </div>
        <label className="quote-rules-row" htmlFor="quote-days">
          <span>{t('quotes.validDays')}</span>
          <InputNumber
            id="quote-days"
            min={1}
            max={365}
            value={rules.validDays}
            onChange={(validDays) => setRules({ ...rules, validDays: validDays ?? 30 })}
          />
        </label>
        <div>
          <Button type="primary" loading={busy} onClick={save}>
            {t('save')}
          </Button>
        </div>
      </section>
      <MarginCard />
      <SealCard />
    </div>
  );
}
