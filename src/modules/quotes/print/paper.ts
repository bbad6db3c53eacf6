import { recordPaper } from '../../../platform/papers/record.ts';
import { documentPaper } from '../../documents/public.ts';
import { sellerOfRecord, sellerPictures } from '../../legal/public.ts';

const FINAL = ['approved', 'sent', 'confirmed', 'declined', 'expired'];

/** 报价单 from the company's own Word template. */
export const quotePaper = recordPaper({
  name: 'quote',
  entity: 'quote',
  ...documentPaper,
  seller: sellerOfRecord,
  isFinal: ({ status }) => FINAL.includes(String(status)),
  ...sellerPictures,
});
