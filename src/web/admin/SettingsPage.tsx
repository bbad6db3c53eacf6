import { useQuery } from '@tanstack/react-query';
import { Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, patch } from '../api/client.ts';
import { queryClient } from '../api/query.ts';
import { CURRENCIES } from '../fields/currencies.ts';
import { FormError } from '../shell/FormError.tsx';
import { PageSkeleton } from '../shell/StatusPage.tsx';
import { toast } from '../shell/toasts.tsx';
import { submits, useSaving } from '../shell/useSaving.ts';

interface Settings {
  companyName: string;
  currency: string;
  timeZone: string;
  language?: 'zh' | 'en';
  yearBegins: number;
  passwordRules: { minLength: number; maxAgeDays: number };
}

const KEY = ['settings'];

export const timeZones = (): string[] => Intl.supportedValuesOf('timeZone');

/** What applies to the whole company. */
export function SettingsPage() {
  const { data } = useQuery({ queryKey: KEY, queryFn: () => get<Settings>('/settings') });
  return data ? <SettingsForm start={data} /> : <PageSkeleton />;
}

function SettingsForm({ start }: { start: Settings }) {
  const { t } = useTranslation();
  const [values, setValues] = useState(start);
  const { busy, message, run } = useSaving();
  const put = (part: Partial<Settings>) => setValues({ ...values, ...part });
  const rules = (part: Partial<Settings['passwordRules']>) =>
    put({ passwordRules: { ...values.passwordRules, ...part } });
  const save = () =>
    run(async () => {
      await patch('/settings', values);
      await queryClient.invalidateQueries({ queryKey: KEY });
      await queryClient.invalidateQueries({ queryKey: ['meta'] });
      toast(t('settings.saved'), { kind: 'good' });
    });
  return (
    <form className="narrow-form" onSubmit={submits(save)}>
      <h1 tabIndex={-1}>{t('admin.settings')}</h1>
      <section className="card pad">
        <fieldset className="form-group">
          <legend>{t('settings.company')}</legend>
          <div className="field">
            <label className="field-label" htmlFor="s-name">
              {t('setup.company')}
            </label>
            <Input
              id="s-name"
              value={values.companyName}
              maxLength={200}
              onChange={(event) => put({ companyName: event.target.value })}
            />
          </div>
          <div className="field">
            <label className="field-label" htmlFor="s-currency">
              {t('settings.currency')}
            </label>
            <Select
              id="s-currency"
              value={values.currency}
              options={CURRENCIES.map((code) => ({ value: code, label: code }))}
              onChange={(currency) => put({ currency })}
            />
          </div>
          <div className="field">
            <label className="field-label" htmlFor="s-zone">
              {t('settings.timeZone')}
            </label>
            <Select
              id="s-zone"
              showSearch
              value={values.timeZone}
              options={timeZones().map((zone) => ({ value: zone, label: zone }))}
              onChange={(timeZone) => put({ timeZone })}
            />
          </div>
          <div className="field">
            <label className="field-label" htmlFor="s-year">
              {t('settings.yearBegins')}
            </label>
            <div>
              <Select
                id="s-year"
                value={values.yearBegins}
                options={Array.from({ length: 12 }, (_, at) => ({
                  value: at + 1,
                  label: t('settings.month', { month: at + 1 }),
                }))}
                onChange={(yearBegins) => put({ yearBegins })}
              />
              <p className="field-hint">{t('settings.yearBeginsHint')}</p>
            </div>
          </div>
        </fieldset>
        <fieldset className="form-group">
          <legend>{t('settings.password')}</legend>
          <div className="field">
            <label className="field-label" htmlFor="s-length">
              {t('settings.minLength')}
            </label>
            <InputNumber
              id="s-length"
              min={8}
              max={64}
              value={values.passwordRules.minLength}
              onChange={(minLength) => rules({ minLength: minLength ?? 8 })}
            />
          </div>
          <div className="field">
            <label className="field-label" htmlFor="s-age">
              {t('settings.maxAge')}
            </label>
            <div>
              <InputNumber
                id="s-age"
                min={0}
                max={3650}
                value={values.passwordRules.maxAgeDays}
                onChange={(maxAgeDays) => rules({ maxAgeDays: maxAgeDays ?? 0 })}
              />
              <p className="field-hint">{t('settings.maxAgeHint')}</p>
            </div>
          </div>
        </fieldset>
        <FormError message={message} />
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('save')}
        </Button>
      </section>
    </form>
  );
}
