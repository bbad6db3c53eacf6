import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { slotsOf } from '../slots.ts';
import type { MassDialogProps } from './MassUpdateDialog.tsx';
import { runMass } from './mass.ts';
import { OwnerDialog } from './OwnerDialog.tsx';

/** Gives records to another owner; what hangs on them goes along. */
export function TransferDialog({ entity, target, count, onClose }: MassDialogProps) {
  const { t } = useTranslation();
  const [more, setMore] = useState<Record<string, unknown>>({});
  return (
    <OwnerDialog
      title={t('transfer.title', { count, label: entity.manyLabel })}
      ok={t('transfer.go')}
      give={(owner) => runMass(entity, 'transfer', target, { owner: owner.id, ...more })}
      onClose={onClose}
    >
      <Suspense fallback={null}>
        {slotsOf(entity.name, 'transfer.beneath').map(({ component: Part, key }) => (
          <Part key={key} entity={entity} target={target} onMore={setMore} />
        ))}
      </Suspense>
      <p className="field-hint">{t('transfer.hint')}</p>
    </OwnerDialog>
  );
}
