import { useTranslation } from 'react-i18next';
import type { Target } from '../../../web/api/records.ts';
import { OwnerDialog } from '../../../web/list/OwnerDialog.tsx';
import { moveCustomers } from './api.ts';

interface Props {
  target: Target;
  count: number;
  onClose: (done: boolean) => void;
}

/** Gives customers of a pool to a person. */
export function AssignDialog({ target, count, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <OwnerDialog
      title={t('pools.assignTitle', { count })}
      ok={t('pools.assign')}
      give={(owner) => moveCustomers('assign', target, { owner: owner.id })}
      onClose={onClose}
    />
  );
}
