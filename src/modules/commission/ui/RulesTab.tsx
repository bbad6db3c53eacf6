import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf, patch, post } from '../../../web/api/client.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import type { Link } from '../../../web/api/types.ts';
import { moneyText } from '../../../web/fields/format.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import { useDebounced } from '../../../web/shell/hooks.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { BASES, MODES, type PlanDefinition } from '../plan/definition.shared.ts';
import type { PreviewLine } from '../plan/preview.ts';
import { Factors } from './Factors.tsx';
import { Tiers } from './Tiers.tsx';
import './commission.css';

/** The rules of a plan, and what they make of a receipt that came in, while one writes them. */
export function RulesTab({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const saved = record.definition as PlanDefinition;
  const [rules, setRules] = useState(saved);
  const { busy, run } = useSaving();
  const set = (part: Partial<PlanDefinition>) => setRules({ ...rules, ...part });
  const locked = record.status !== 'draft' || !record.can.update;
  const changed = JSON.stringify(rules) !== JSON.stringify(saved);
  const save = () =>
    run(async () => {
      await patch(`/commission-plans/${record.id}`, { definition: rules }, record.version);
      refreshEntity(entity.plural);
      toast(t('commission.rulesSaved'), { kind: 'good' });
    }, toastError);
  return (
    <div className="commission-rules">
      <fieldset disabled={locked}>
        <legend className="sr">{t('commission.rules')}</legend>
        {locked && <p className="quiet">{t('commission.rulesLocked')}</p>}
        <div className="field">
          <span className="field-label">{t('commission.base')}</span>
          <Radio.Group
            value={rules.base}
            disabled={locked}
            options={BASES.map((value) => ({ value, label: t(`commission.base.${value}`) }))}
            onChange={({ target }) => set({ base: target.value })}
          />
        </div>
        <div className="field">
          <span className="field-label">{t('commission.mode')}</span>
          <Radio.Group
            value={rules.mode}
            disabled={locked}
            options={MODES.map((value) => ({ value, label: t(`commission.mode.${value}`) }))}
            onChange={({ target }) => set({ mode: target.value })}
          />
        </div>
        <Tiers tiers={rules.tiers} locked={locked} onChange={(tiers) => set({ tiers })} />
        <Amount
          label={t('commission.cap')}
          value={rules.cap ?? ''}
          locked={locked}
          onChange={(cap) => {
            const { cap: _, ...rest } = rules;
            setRules(cap ? { ...rest, cap } : rest);
          }}
        />
        <Amount
          label={t('commission.maxDiscount')}
          value={rules.floor?.maxDiscount ?? ''}
          locked={locked}
          onChange={(maxDiscount) => {
            const { maxDiscount: _, ...floor } = rules.floor ?? {};
            set({ floor: maxDiscount ? { ...floor, maxDiscount } : floor });
          }}
        />
        <Checkbox
          checked={rules.floor?.aboveMinimum === true}
          disabled={locked}
          onChange={({ target }) => set({ floor: { ...rules.floor, aboveMinimum: target.checked } })}
        >
          {t('commission.aboveMinimum')}
        </Checkbox>
        <Factors rules={rules} locked={locked} onChange={setRules} />
        {!locked && (
          <Button type="primary" loading={busy} disabled={!changed} onClick={() => void save()}>
            {t('save')}
          </Button>
        )}
      </fieldset>
      {record.can.update && <Trial rules={rules} />}
    </div>
  );
}

function Amount(props: { label: string; value: string; locked: boolean; onChange(value: string): void }) {
  return (
    <label className="field">
      <span className="field-label">{props.label}</span>
      <Input
        inputMode="decimal"
        value={props.value}
        disabled={props.locked}
        maxLength={16}
        onChange={({ target }) => props.onChange(target.value.trim())}
      />
    </label>
  );
}

const TYPING_MS = 400;

/** The rules tried on a receipt. */
function Trial({ rules }: { rules: PlanDefinition }) {
  const { t } = useTranslation();
  const [receipt, setReceipt] = useState<Link[]>([]);
  const [chosen] = receipt;
  const text = useDebounced(JSON.stringify(rules), TYPING_MS);
  const { data, error, isFetching } = useQuery({
    queryKey: ['short', 'commission-plans', 'preview', text, chosen?.id],
    enabled: !!chosen,
    retry: false,
    queryFn: () =>
      post<{ currency: string; lines: PreviewLine[] }>('/commission-plans/preview', {
        definition: JSON.parse(text),
        receipt: chosen?.id,
      }),
  });
  const money = (amount: string) => moneyText({ amount, currency: data?.currency ?? 'CNY' });
  return (
    <aside className="card pad commission-trial" aria-busy={isFetching}>
      <h2>{t('commission.try')}</h2>
      <ReferencePicker
        label={t('commission.tryReceipt')}
        to="receipt"
        noCreate
        value={receipt}
        onChange={setReceipt}
      />
      {!chosen && <p className="quiet">{t('commission.tryText')}</p>}
      {error && (
        <p className="late" role="status">
          {messageOf(error)}
        </p>
      )}
      {data?.lines.length === 0 && <p className="quiet">{t('commission.tryNone')}</p>}
      <ul className="commission-rows">
        {data?.lines.map((line) => (
          <li key={`${line.name} ${line.person.id}`}>
            <div className="commission-row-head">
              <span>
                {line.person.title} · {line.name}
              </span>
              <span className="fill" />
              <strong>{money(line.amount)}</strong>
            </div>
            <p className="quiet">{line.words}</p>
          </li>
        ))}
      </ul>
    </aside>
  );
}
