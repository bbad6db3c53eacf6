import type { Mode } from '../../plan/definition.shared.ts';
import type { Terms } from '../agreement/terms.shared.ts';

/** How a movement came, as it was when it was written. */
export interface How {
  counted: Terms['counted'];
  measure: Terms['measure'];
  mode: Mode;
  /** What had been reached in the period before and after. */
  before: string;
  after: string;
  /** What of the step lay in which tier. */
  parts: { base: string; rate: string }[];
  /** The tier reached. */
  rate: string;
  capped: boolean;
}
