import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may } from '../../../web/api/meta.tsx';
import type { SelectionSlotProps } from '../../../web/slots.ts';
import { AssignDialog } from './AssignDialog.tsx';
import { moveCustomers, usePools } from './api.ts';
import { ReleaseDialog } from './ReleaseDialog.tsx';

/** With chosen customers of a list: take them, give them to somebody, put them into a pool. */
export function SelectionActions({ entity, target, count, onDone }: SelectionSlotProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'assign' | 'release' | null>(null);
  const { data } = usePools();
  const pools = data?.items ?? [];
  const close = (done: boolean) => {
    setOpen(null);
    if (done) onDone();
  };
  if (pools.length === 0) return null;
  const Dialog = open === 'assign' ? AssignDialog : ReleaseDialog;
  return (
    <>
      {pools.some((pool) => pool.mayClaim) && (
        <button
          type="button"
          className="button"
          onClick={() => void moveCustomers('claim', target).then((done) => done && onDone())}
        >
          {t('pools.claim')}
        </button>
      )}
      {pools.some((pool) => pool.mayAssign) && (
        <button type="button" className="button" onClick={() => setOpen('assign')}>
          {t('pools.assign')}
        </button>
      )}
      {may(entity, 'update') && (
        <button type="button" className="button" onClick={() => setOpen('release')}>
          {t('pools.release')}
        </button>
      )}
      {open && <Dialog target={target} count={count} onClose={close} />}
    </>
  );
}
