import type { Filter } from '../entity/meta.shared.ts';

/** Days of the company, both included. */
export interface FigurePeriod {
  from: string;
  to: string;
}

/**
 * A number of a person's work in a period: his records of a type, by when they happened. It is counted as a list is, so that
 * the list behind it always agrees. Its name in lists is the translation `figure.<name>`.
 */
export interface ReportFigure {
  name: string;
  entity: string;
  /** The field that tells when: an instant or a day. */
  at: string;
  /** Which of them count. */
  filter?(period: FigurePeriod): Filter;
}
