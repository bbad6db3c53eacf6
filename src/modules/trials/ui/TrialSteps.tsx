import { useNavigate } from '@tanstack/react-router';
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { post, url } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import { refresh } from '../../../web/approvals/api.ts';
import { useChosen } from '../../../web/approvals/chosen.tsx';
import { Steps } from '../../../web/file/Steps.tsx';
import type { Answers, Question, Step } from '../../../web/file/steps.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { SlotProps } from '../../../web/slots.ts';

const VERBS: Readonly<Record<string, readonly string[]>> = {
  draft: ['trialOut'],
  out: ['trialReturn', 'trialOrder', 'trialKeep'],
  returned: ['trialAgain'],
  kept: ['trialAgain'],
};
/** What can be taken back right away. */
const UNDO = new Set(['trialReturn', 'trialKeep']);

/** What may be done next with something handed out, and the slip to print. */
export function TrialSteps({ record }: SlotProps) {
  const { t } = useTranslation();
  const meta = useMeta();
  const navigate = useNavigate();
  const choice = useChosen();
  const { busy, run } = useSaving();
  const tell = async (verb: string, answers: Answers) => {
    const answer = await post<{ id?: string; status: string }>(`/trials/${record.id}/${verb}`, {
      ...answers,
      ...(verb === 'trialOut' ? choice.body : {}),
    });
    for (const plural of ['trials', 'orders']) refreshEntity(plural);
    refresh();
    choice.reset();
    const said = answer.status === 'approving' ? 'trials.did.approving' : `trials.did.${verb}`;
    const undo = () => void tell('trialAgain', {}).catch(toastError);
    toast(t(said), {
      kind: 'good',
      ...(UNDO.has(verb) ? { action: { label: t('undo'), run: undo } } : {}),
    });
    if (verb === 'trialOrder' && answer.id)
      await navigate({ to: '/r/$plural/$id', params: { plural: 'orders', id: answer.id } });
  };
  const asks = (verb: string): Question[] => {
    if (verb === 'trialReturn' || verb === 'trialKeep')
      return [
        { name: 'on', label: t('trials.on'), kind: 'date' },
        { name: 'evaluation', label: t('trials.evaluation'), kind: 'longText', max: 4000 },
      ];
    return [];
  };
  const verbs = record.can.update ? (VERBS[String(record.status)] ?? []) : [];
  const may = (verb: string) =>
    verb !== 'trialOrder' || meta.entity('order')?.actions.includes('create') === true;
  const steps = verbs.filter(may).map((verb, at): Step => {
    const questions = asks(verb);
    return {
      key: verb,
      label: t(`trials.do.${verb}`),
      primary: at === 0,
      ...(questions.length ? { asks: questions } : {}),
      take: (answers) => tell(verb, answers),
      ...(verb === 'trialOut' ? { refused: choice.take } : {}),
    };
  });
  return (
    <>
      <Steps steps={steps} />
      <a className="button" href={url(`/trials/${record.id}/pdf`, {})} target="_blank" rel="noreferrer">
        {t('trials.slip')}
      </a>
      {choice.asked && (
        <Modal
          open
          width={440}
          title={t('trials.do.trialOut')}
          okText={t('trials.do.trialOut')}
          cancelText={t('cancel')}
          okButtonProps={{ disabled: !choice.ready }}
          confirmLoading={busy}
          onOk={() => void run(() => tell('trialOut', {}), choice.take)}
          onCancel={choice.reset}
        >
          {choice.fields}
        </Modal>
      )}
    </>
  );
}
