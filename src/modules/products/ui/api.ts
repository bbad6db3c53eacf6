import { useQuery } from '@tanstack/react-query';
import { get, post } from '../../../web/api/client.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import type { Sheet, SheetChange } from '../book/sheet.shared.ts';
import type { Offer } from '../price/offer.shared.ts';
import type { PriceAnswer, PriceRequest } from '../price/types.shared.ts';

/** Asked anew with the short lists of prices: also when somebody else changes one. */
export const useSheet = (id: string) =>
  useQuery({
    queryKey: ['short', 'price-book-entries', 'sheet', id],
    queryFn: ({ signal }) => get<Sheet>(`/price-books/${id}/sheet`, undefined, signal),
    placeholderData: (previous) => previous,
  });

/** What prices depend on besides the product. */
export interface PriceTerms {
  customer?: string | undefined;
  currency?: string | undefined;
  channel?: string | undefined;
  date?: string | undefined;
}

export const offersOf = (q: string, terms: PriceTerms, signal?: AbortSignal) =>
  get<Offer[]>('/products/offers', { ...terms, q, limit: 20 }, signal);

export const usePrices = (request: Partial<PriceRequest> & Pick<PriceRequest, 'lines'>) =>
  useQuery({
    queryKey: ['short', 'price-book-entries', 'prices', request],
    queryFn: () => post<PriceAnswer>('/products/prices', request),
  });

export async function saveSheet(id: string, rows: readonly SheetChange[]) {
  const done = await post<{ created: number; changed: number; removed: number }>(`/price-books/${id}/sheet`, {
    rows,
  });
  refreshEntity('price-book-entries');
  return done;
}

/** A verb of a price book or a product, after which its prices are asked anew. */
export async function tell<T>(plural: string, id: string, verb: string, input: unknown = {}): Promise<T> {
  const done = await post<T>(`/${plural}/${id}/${verb}`, input);
  refreshEntity('price-book-entries');
  refreshEntity(plural);
  return done;
}
