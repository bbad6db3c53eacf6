import { useQuery } from '@tanstack/react-query';
import { Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, put } from '../../../web/api/client.ts';
import { PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { submits } from '../../../web/shell/useSaving.ts';
import { type Indicator, SOURCES } from '../form/form.shared.ts';
import { refreshSheets } from './api.ts';
import './forms.css';

/** What relations to customers are judged by, and how much each counts. */
export function TemplatePage() {
  const { data } = useQuery({
    queryKey: ['form-template'],
    queryFn: () => get<{ indicators: Indicator[] }>('/customer-form-template'),
  });
  return data ? <TemplateForm start={data.indicators} /> : <PageSkeleton />;
}

const MOST = 10;

function TemplateForm({ start }: { start: Indicator[] }) {
  const { t } = useTranslation();
  const [indicators, setIndicators] = useState(start);
  const sum = indicators.reduce((total, { weight }) => total + weight, 0);
  const change = (key: string, part: Partial<Indicator>) =>
    setIndicators(indicators.map((each) => (each.key === key ? { ...each, ...part } : each)));
  const add = () => {
    const taken = new Set(indicators.map(({ key }) => key));
    const at = Array.from({ length: MOST + 1 }, (_, n) => `own${n + 1}`).find(
      (key) => !taken.has(key),
    ) as string;
    setIndicators([...indicators, { key: at, label: { zh: '', en: '' }, weight: 10, source: 'judgement' }]);
  };
  const save = () =>
    put('/customer-form-template', { indicators }).then(() => {
      refreshSheets();
      toast(t('sheets.saved'), { kind: 'good' });
    }, toastError);
  const whole = sum === 100;
  const named = indicators.every(({ label }) => label.zh.trim() && label.en.trim());
  return (
    <form className="narrow-form sheet-template" onSubmit={submits(save)}>
      <h1 tabIndex={-1}>{t('sheets.template')}</h1>
      <p className="quiet">{t('sheets.templateText')}</p>
      <section className="card pad">
        <ul>
          {indicators.map(({ key, label, weight, source }, at) => (
            <li key={key}>
              <Input
                aria-label={`${t('sheets.indicatorZh')} ${at + 1}`}
                value={label.zh}
                maxLength={30}
                placeholder={t('sheets.indicatorZh')}
                onChange={(event) => change(key, { label: { ...label, zh: event.target.value } })}
              />
              <Input
                aria-label={`${t('sheets.indicatorEn')} ${at + 1}`}
                value={label.en}
                maxLength={30}
                placeholder={t('sheets.indicatorEn')}
                onChange={(event) => change(key, { label: { ...label, en: event.target.value } })}
              />
              <Select
                aria-label={`${t('sheets.source')} ${at + 1}`}
                value={source}
                options={SOURCES.map((value) => ({ value, label: t(`sheets.sourceOf.${value}`) }))}
                onChange={(next) => change(key, { source: next })}
              />
              <InputNumber
                aria-label={`${t('sheets.weight')} ${at + 1}`}
                value={weight}
                min={1}
                max={100}
                precision={0}
                onChange={(next) => change(key, { weight: next ?? 1 })}
              />
              <button
                type="button"
                className="icon-button"
                aria-label={`${t('delete')} ${label.zh}`}
                disabled={indicators.length === 1}
                onClick={() => setIndicators(indicators.filter((each) => each.key !== key))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
        <div className="sheet-sum">
          {indicators.length < MOST && (
            <button type="button" className="link" onClick={add}>
              {t('sheets.addIndicator')}
            </button>
          )}
          <span className="fill" />
          <span className={`tag ${whole ? 'song' : 'zhu'}`} role="status">
            {t('sheets.sum', { sum })}
          </span>
        </div>
      </section>
      <Button type="primary" htmlType="submit" disabled={!whole || !named}>
        {t('save')}
      </Button>
    </form>
  );
}
