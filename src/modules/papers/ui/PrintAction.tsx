import { hasBundles } from '../../../web/lines/rows.ts';
import { PaperDialog } from '../../../web/papers/PaperDialog.tsx';
import type { ActionProps } from '../../../web/slots.ts';

/** Papers of record types are called after them. */
export const PrintAction = ({ entity, record, onClose }: ActionProps) => (
  <PaperDialog kind={entity.name} id={record.id} bundled={hasBundles(record)} onClose={onClose} />
);
