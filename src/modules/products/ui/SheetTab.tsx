import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { FormError } from '../../../web/shell/FormError.tsx';
import { useKeys } from '../../../web/shell/hooks.ts';
import { FailedPage } from '../../../web/shell/StatusPage.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { SlotProps } from '../../../web/slots.ts';
import type { Sheet } from '../book/sheet.shared.ts';
import { saveSheet, useSheet } from './api.ts';
import { CELLS, changesOf, type Edit, type Fresh, isWrong, shown } from './draft.ts';
import { ProductPicker } from './ProductPicker.tsx';
import { SheetTable } from './SheetTable.tsx';
import { SheetTools } from './SheetTools.tsx';
import './products.css';

/** So many rows at once; more are found by their words, or shown on demand. */
const PAGE = 200;

/** The prices of a book, to read and to write as in a spreadsheet. */
export function SheetTab({ record }: SlotProps) {
  const { data, error, refetch } = useSheet(record.id);
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  return data ? <Prices sheet={data} /> : null;
}

function Prices({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation();
  const entity = useMeta().entity('priceBookEntry');
  const [edits, setEdits] = useState<ReadonlyMap<string, Edit>>(new Map());
  const [fresh, setFresh] = useState<readonly Fresh[]>([]);
  const [words, setWords] = useState('');
  const [most, setMost] = useState(PAGE);
  const { busy, message, run } = useSaving(wordsOf(sheet, edits, fresh, t));
  const found = sheet.rows.filter(({ product, code }) => has(words, product.title) || has(words, code ?? ''));
  const changes = changesOf(sheet.rows, edits, fresh);
  const wrong =
    fresh.some(({ values }) => CELLS.some((cell) => isWrong(cell, values[cell]))) ||
    sheet.rows.some((row) => {
      const edit = edits.get(row.id);
      return (
        edit &&
        !edit.remove &&
        CELLS.some((cell) => edit[cell] !== undefined && isWrong(cell, shown(row, cell, edit)))
      );
    });
  const drop = () => {
    setEdits(new Map());
    setFresh([]);
  };
  const save = () =>
    run(async () => {
      const { created, changed, removed } = await saveSheet(sheet.id, changes);
      drop();
      toast(t('prices.saved', { count: created + changed + removed }));
    });
  useKeys({ 'mod+s': () => void (changes.length && !wrong && !busy && save()) });
  const add = may(entity, 'create');
  return (
    <div className="price-sheet">
      <div className="price-tools">
        <Input
          className="price-find"
          allowClear
          aria-label={t('prices.find')}
          placeholder={t('prices.find')}
          value={words}
          onChange={(event) => setWords(event.target.value.trim())}
        />
        <span className="quiet">
          {t('prices.count', { count: sheet.rows.length })}
          {sheet.taxIncluded ? '' : ` · ${t('prices.withoutTax')}`}
        </span>
        <span className="fill" />
        <SheetTools sheet={sheet} waiting={changes.length > 0} />
      </div>
      <FormError message={message} />
      {sheet.more && <p className="quiet">{t('prices.tooMany', { count: sheet.rows.length })}</p>}
      <SheetTable
        sheet={sheet}
        rows={found.slice(0, most)}
        edits={edits}
        fresh={fresh}
        onEdits={setEdits}
        onFresh={setFresh}
      />
      {found.length > most && (
        <Button type="text" onClick={() => setMost(most + PAGE)}>
          {t('prices.more', { count: found.length - most })}
        </Button>
      )}
      {sheet.rows.length === 0 && fresh.length === 0 && <p className="quiet pad-text">{t('prices.none')}</p>}
      {add && (
        <div className="price-add">
          <ProductPicker
            label={t('prices.add')}
            placeholder={t('prices.add')}
            terms={{ currency: sheet.currency }}
            onPick={(offer) =>
              setFresh([
                ...fresh,
                {
                  key: crypto.randomUUID(),
                  product: { id: offer.id, title: offer.title },
                  code: offer.code,
                  unit: offer.unit,
                  units: offer.units.map(({ unit }) => unit),
                  listPrice: offer.price,
                  values: { fromQuantity: '1', price: offer.price ?? '', minimumPrice: '' },
                },
              ])
            }
          />
        </div>
      )}
      {(edits.size > 0 || fresh.length > 0) && (
        <div className="price-bar" role="status">
          <span>{wrong ? t('prices.wrong') : t('prices.changes', { count: changes.length })}</span>
          <span className="fill" />
          <Button onClick={drop}>{t('prices.drop')}</Button>
          <Button
            type="primary"
            disabled={wrong || changes.length === 0}
            loading={busy}
            onClick={() => void save().catch(toastError)}
          >
            {t('save')}
          </Button>
        </div>
      )}
    </div>
  );
}

const has = (words: string, text: string) => text.toLowerCase().includes(words.toLowerCase());

/** A refusal names rows by their place among the changes: said with the product's name. */
const wordsOf =
  (
    sheet: Sheet,
    edits: ReadonlyMap<string, Edit>,
    fresh: readonly Fresh[],
    t: (key: string, params: Record<string, unknown>) => string,
  ) =>
  (error: unknown): string => {
    if (!(error instanceof ApiError)) return String(error);
    const sent = changesOf(sheet.rows, edits, fresh);
    const named = (error.problem.errors ?? []).map(({ path, message }) => {
      const change = sent[Number(path.split('.')[1])];
      const row =
        sheet.rows.find(({ id }) => id === change?.id) ??
        fresh.find(({ product }) => product.id === change?.product);
      return t('prices.rowProblem', { name: row?.product.title ?? '', message });
    });
    return named.length ? named.slice(0, 5).join(' ') : error.message;
  };
