import type { MoneyValue } from '../../../platform/entity/meta.shared.ts';

interface Said {
  by: string | null;
  at: string;
  reason: string;
}

/** Where a draft over the credit of its customer stands. */
export interface CreditStanding {
  /** Why it is refused. */
  message: string;
  /** It was let pass as it stands now. */
  passes: boolean;
  asked: Said | null;
  released: (Said & { amount: MoneyValue | null }) | null;
  mayAsk: boolean;
  mayRelease: boolean;
}
