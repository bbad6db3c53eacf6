import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../../../web/api/meta.tsx';
import type { SelectionSlotProps } from '../../../web/slots.ts';
import { EnrolDialog } from './EnrolDialog.tsx';

/** With chosen records of a list, or all it finds: begin a sequence. */
export function EnrolSelection({ entity, target, count, onDone }: SelectionSlotProps) {
  const { t } = useTranslation();
  const run = useMeta().entity('sequenceRun');
  const [open, setOpen] = useState(false);
  if (!run || !may(run, 'create') || !may(entity, 'update')) return null;
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        {t('sequences.beginWith')}
      </button>
      {open && (
        <EnrolDialog
          entity={entity}
          target={target}
          count={count}
          done={() => {
            setOpen(false);
            onDone();
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
