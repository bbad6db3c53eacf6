import { Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { followMass } from '../../../web/api/mass.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { SelectionSlotProps } from '../../../web/slots.ts';

/** The festivals there are, named. */
export const useFestivals = () =>
  useMeta()
    .entity('carePlan')
    ?.fields.find(({ name }) => name === 'festival')
    ?.options?.map(({ value, label }) => ({ value, label })) ?? [];

/** With chosen people of a list, or all it finds: which festivals they keep. */
export function Festivals({ entity, target, count, onDone }: SelectionSlotProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string[]>([]);
  const { busy, run } = useSaving();
  const festivals = useFestivals();
  if (festivals.length === 0 || !may(entity, 'update')) return null;
  const save = () =>
    run(async () => {
      const answer = await post<{ done: number } | { jobId: string; id: string }>(
        `/${entity.plural}/festivals`,
        { ...target, festivals: chosen.length ? chosen : null },
      );
      if ('jobId' in answer) followMass(answer.id);
      else toast(t('care.festivalsSaved', { count: answer.done }), { kind: 'good' });
      setOpen(false);
      onDone();
    }, toastError);
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        {t('care.festivals')}
      </button>
      {open && (
        <Modal
          open
          width={460}
          title={t('care.festivalsOf', { count })}
          okText={t('save')}
          cancelText={t('cancel')}
          confirmLoading={busy}
          onOk={() => void save()}
          onCancel={() => setOpen(false)}
        >
          <div className="field">
            <label className="field-label" htmlFor="care-festivals">
              {t('care.festivals')}
            </label>
            <Select
              id="care-festivals"
              mode="multiple"
              value={chosen}
              onChange={setChosen}
              options={festivals}
              placeholder={t('care.festivalsAll')}
              style={{ width: '100%' }}
            />
          </div>
          <p className="field-hint">{t('care.festivalsText')}</p>
        </Modal>
      )}
    </>
  );
}
