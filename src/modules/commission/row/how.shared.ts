import type { Base, Mode } from '../plan/definition.shared.ts';

/** How a row came, as it was when it was written. Amounts in the company's currency, rates and shares in per cent. */
export interface How {
  base: Base;
  mode: Mode;
  /** What the person had reached in the period before and after. */
  before: string;
  after: string;
  percent: string;
  received: string;
  ratio: string;
  factor: string;
  refused: 'discount' | 'minimum' | null;
  /** What of the step lay in which tier. */
  parts: { base: string; rate: string }[];
  /** The tier reached. */
  rate: string;
  capped: boolean;
  /** Whose achievement it was, where he is paid for those who report to him. */
  via?: string;
}
