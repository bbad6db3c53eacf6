import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../../../web/api/meta.tsx';
import type { Sheet } from '../book/sheet.shared.ts';
import { CopyDialog } from './CopyDialog.tsx';
import { PasteDialog } from './PasteDialog.tsx';
import { RepriceDialog } from './RepriceDialog.tsx';

/** What is done with all prices of a book at once. With unsaved changes one saves first. */
export function SheetTools({ sheet, waiting }: { sheet: Sheet; waiting: boolean }) {
  const { t } = useTranslation();
  const meta = useMeta();
  const [open, setOpen] = useState<'paste' | 'reprice' | 'copy' | null>(null);
  const entries = meta.entity('priceBookEntry');
  const books = meta.entity('priceBook');
  const close = () => setOpen(null);
  const filter = { and: [{ field: 'book', op: 'eq' as const, value: sheet.id }] };
  return (
    <span className="price-buttons">
      {may(entries, 'create') && (
        <button type="button" className="button" disabled={waiting} onClick={() => setOpen('paste')}>
          {t('prices.paste')}
        </button>
      )}
      {may(entries, 'update') && may(books, 'update') && sheet.rows.length > 0 && (
        <button type="button" className="button" disabled={waiting} onClick={() => setOpen('reprice')}>
          {t('prices.reprice')}
        </button>
      )}
      {may(entries, 'create') && may(books, 'create') && (
        <button type="button" className="button" disabled={waiting} onClick={() => setOpen('copy')}>
          {t('prices.copy')}
        </button>
      )}
      {may(entries, 'import') && (
        <Link className="button" to="/import/new" search={{ entity: 'priceBookEntry' }}>
          {t('import.title')}
        </Link>
      )}
      {may(entries, 'export') && (
        <Link
          className="button"
          to="/r/$plural"
          params={{ plural: 'price-book-entries' }}
          search={{ filter }}
        >
          {t('prices.asList')}
        </Link>
      )}
      {open === 'paste' && <PasteDialog sheet={sheet} onClose={close} />}
      {open === 'reprice' && <RepriceDialog sheet={sheet} onClose={close} />}
      {open === 'copy' && <CopyDialog sheet={sheet} onClose={close} />}
    </span>
  );
}
