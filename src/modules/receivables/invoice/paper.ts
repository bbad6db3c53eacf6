import { recordPaper } from '../../../platform/papers/record.ts';
import { documentPaper } from '../../documents/public.ts';
import { sellerOfRecord } from '../../legal/public.ts';

/** 开票申请单 from the company's own Word template. */
export const invoicePaper = recordPaper({
  name: 'invoice',
  entity: 'invoice',
  ...documentPaper,
  seller: sellerOfRecord,
});
