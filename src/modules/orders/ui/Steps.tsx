import { useNavigate } from '@tanstack/react-router';
import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import { refresh } from '../../../web/approvals/api.ts';
import { useChosen } from '../../../web/approvals/chosen.tsx';
import { Steps as FileSteps } from '../../../web/file/Steps.tsx';
import type { Answers, Step } from '../../../web/file/steps.ts';
import { toast } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { type Made, MadeDialog, madeIn } from './MadeDialog.tsx';
import { type OrderStep, questionsOf, stepsOf } from './steps.ts';

/** What may be done next with a contract, an order, goods on their way, or a quote that was agreed to. */
export function Steps({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const meta = useMeta();
  const navigate = useNavigate();
  const { busy, run } = useSaving();
  const choice = useChosen();
  const [before, setBefore] = useState<{ step: OrderStep; made: Made | null } | null>(null);
  const refused = (step: OrderStep) => (error: unknown) => {
    const made = madeIn(error);
    if (made === undefined) choice.take(error);
    else setBefore({ step, made });
  };
  const may = ({ makes }: OrderStep) =>
    makes ? meta.entity(makes)?.actions.includes('create') : record.can.update;
  const own = stepsOf(entity.name, record.status).filter(may);
  const submitting = own.find(({ verb }) => verb === 'submit');
  const open = (plural: string, id: string) => navigate({ to: '/r/$plural/$id', params: { plural, id } });
  const take = async (step: OrderStep, answers: Answers) => {
    const made = meta.entity(step.makes ?? '');
    const goods = step.asks === 'delivered' || step.asks === 'returned';
    const path = goods && made ? `/${made.plural}` : `/${entity.plural}/${record.id}/${step.verb}`;
    const lines = ((answers.lines ?? []) as { id: string; quantity: string }[]).map(({ id, quantity }) => ({
      orderLine: id,
      quantity,
    }));
    const body = goods ? { order: record.id, lines } : { ...answers, ...choice.body };
    const answer = await post<{ id: string }>(path, body);
    for (const plural of [entity.plural, 'orders', 'contracts', made?.plural])
      if (plural) refreshEntity(plural);
    refresh();
    choice.reset();
    toast(t(`orders.did.${step.verb}`), { kind: 'good' });
    if (made) await open(made.plural, answer.id);
  };
  const steps = own.map(
    (step, at): Step => ({
      key: step.verb,
      label: t(`orders.do.${step.verb}`),
      primary: at === 0,
      ...(step.asks ? { asks: questionsOf(step, record, t) } : {}),
      take: (answers) => take(step, answers),
      refused: refused(step),
    }),
  );
  return (
    <>
      <FileSteps steps={steps} />
      {before && (
        <MadeDialog
          verb={before.step.verb}
          made={before.made}
          busy={busy}
          onOpen={({ entity: type, id }) => void open(meta.entity(type)?.plural ?? '', id)}
          onAgain={() =>
            void run(async () => {
              await take(before.step, { again: true });
              setBefore(null);
            })
          }
          onClose={() => setBefore(null)}
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
          onOk={() => void run(() => take(submitting, {}), choice.take)}
          onCancel={choice.reset}
        >
          {choice.fields}
        </Modal>
      )}
    </>
  );
}
