import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf } from '../../../web/api/client.ts';
import type { Link } from '../../../web/api/types.ts';
import { PickerNote } from '../../../web/fields/PickerNote.tsx';
import { useDebounced } from '../../../web/shell/hooks.ts';
import type { Offer } from '../price/offer.shared.ts';
import { offersOf, type PriceTerms } from './api.ts';
import { OfferLine } from './OfferLine.tsx';
import './products.css';

interface Props {
  id?: string | undefined;
  label?: string | undefined;
  value?: Link | null;
  /** For whom, when and in which currency prices are told. */
  terms?: PriceTerms;
  onPick: (offer: Offer) => void;
  autoFocus?: boolean | undefined;
  disabled?: boolean | undefined;
  invalid?: boolean | undefined;
  placeholder?: string | undefined;
}

/**
 * Finds a product by name, pinyin, number or barcode and tells its price. A scanner is quicker than the answer: its Enter
 * waits for it.
 */
export function ProductPicker({ value, terms = {}, onPick, ...rest }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(!!rest.autoFocus);
  const [typed, setTyped] = useState('');
  const [entered, setEntered] = useState<string | null>(null);
  const q = useDebounced(typed.trim(), 150);
  const { data, isFetching, isPlaceholderData, error } = useQuery({
    queryKey: ['lookup', 'product', 'offers', q, terms],
    queryFn: ({ signal }) => offersOf(q, terms, signal),
    enabled: open || entered !== null,
    placeholderData: (old) => old,
  });
  const current = q === typed.trim() && !isFetching && !isPlaceholderData;
  const pick = (offer: Offer) => {
    setTyped('');
    setEntered(null);
    setOpen(false);
    onPick(offer);
  };
  useEffect(() => {
    if (entered === null || !current || entered !== q) return;
    setEntered(null);
    const [first] = data ?? [];
    if (first && data?.length === 1) pick(first);
  });
  const offers = data ?? [];
  return (
    <Select<string>
      {...(rest.id ? { id: rest.id } : {})}
      {...(rest.label ? { 'aria-label': rest.label } : {})}
      {...(rest.invalid ? { status: 'error' as const } : {})}
      className="product-picker"
      showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }}
      autoFocus={rest.autoFocus ?? false}
      disabled={rest.disabled ?? false}
      open={open}
      onOpenChange={setOpen}
      loading={isFetching}
      // The name of what is chosen stands here; prices and codes stand in the list.
      value={value ? (value.title ?? t('record.outOfSight')) : (null as unknown as string)}
      onInputKeyDown={(event) => {
        if (event.key !== 'Enter' || current || typed.trim() === '') return;
        event.preventDefault();
        event.stopPropagation();
        setEntered(typed.trim());
      }}
      onChange={(id) => {
        const offer = offers.find((each) => each.id === id);
        if (offer) pick(offer);
      }}
      options={offers.map((offer) => ({ value: offer.id, label: <OfferLine offer={offer} /> }))}
      notFoundContent={
        <PickerNote>
          {error ? messageOf(error) : isFetching ? t('loading') : typed ? t('picker.none') : t('prices.pick')}
        </PickerNote>
      }
      placeholder={rest.placeholder ?? t('prices.pick')}
      style={{ width: '100%' }}
    />
  );
}
