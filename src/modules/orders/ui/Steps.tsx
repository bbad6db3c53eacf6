import { useNavigate } from '@tanstack/react-router';
import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import { refresh } from '../../../web/approvals/api.ts';
import { useChosen } from '../../../web/approvals/chosen.tsx';
import { toast } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { StepDialog } from './StepDialog.tsx';
import { type Step, stepsOf } from './steps.ts';
import './orders.css';

/** What may be done next with a contract, an order, goods on their way, or a quote that was agreed to. */
export function Steps({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const meta = useMeta();
  const navigate = useNavigate();
  const { busy, run } = useSaving();
  const choice = useChosen();
  const [asked, setAsked] = useState<Step | null>(null);
  const may = ({ makes }: Step) =>
    makes ? meta.entity(makes)?.actions.includes('create') : record.can.update;
  const steps = stepsOf(entity.name, record.status).filter(may);
  const submitting = steps.find(({ verb }) => verb === 'submit');
  const take = (step: Step, input: object) =>
    run(async () => {
      const made = meta.entity(step.makes ?? '');
      const goods = step.asks === 'delivered' || step.asks === 'returned';
      const path = goods && made ? `/${made.plural}` : `/${entity.plural}/${record.id}/${step.verb}`;
      const body = goods ? { order: record.id, ...input } : { ...input, ...choice.body };
      const answer = await post<{ id: string }>(path, body);
      for (const plural of [entity.plural, 'orders', 'contracts', made?.plural])
        if (plural) refreshEntity(plural);
      refresh();
      setAsked(null);
      choice.reset();
      toast(t(`orders.did.${step.verb}`), { kind: 'good' });
      if (made) await navigate({ to: '/r/$plural/$id', params: { plural: made.plural, id: answer.id } });
    }, choice.take);
  if (steps.length === 0) return null;
  return (
    <span className="order-steps">
      {steps.map((step, at) => (
        <button
          key={step.verb}
          type="button"
          className={at === 0 ? 'button primary' : 'button'}
          disabled={busy}
          onClick={() => (step.asks ? setAsked(step) : void take(step, {}))}
        >
          {t(`orders.do.${step.verb}`)}
        </button>
      ))}
      {asked && (
        <StepDialog
          step={asked}
          record={record}
          busy={busy}
          onClose={() => setAsked(null)}
          onTake={(input) => void take(asked, input)}
        />
      )}
      {choice.asked && submitting && (
        <Modal
          open
          width={440}
          title={t('orders.do.submit')}
          okText={t('orders.do.submit')}
          cancelText={t('cancel')}
          okButtonProps={{ disabled: !choice.ready }}
          confirmLoading={busy}
          onOk={() => void take(submitting, {})}
          onCancel={choice.reset}
        >
          {choice.fields}
        </Modal>
      )}
    </span>
  );
}
