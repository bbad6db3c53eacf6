import type { Entity } from '../entity/types.ts';

/**
 * How a kind of text is brought into the form that is compared: names folded, the core of a company's name without place,
 * trade and legal form, tax numbers only when valid, phones by digits, mails by `foldMail`; a `tuple` is several fields
 * folded together and exists only where all of them are filled.
 */
export type DuplicateKind = 'name' | 'core' | 'tax' | 'phone' | 'mail' | 'tuple';

/** By what two records of a type may be the same one. */
export interface DuplicateRule {
  kind: DuplicateKind;
  fields: readonly string[];
  /** Equal means the same; otherwise it is only likely. */
  certain?: true;
  /** The rule holds only for records with this value. */
  for?: { field: string; value: unknown };
  /** Namesakes exist: a new record that bears one of these fields is only likely the same. */
  namesake?: { fields: readonly string[]; for?: { field: string; value: unknown } };
}

/** Whether pairs of records of a type are looked for: where its declaration says by what two are the same. */
export const isCompared = (entity: Entity) => Boolean(entity.duplicates?.length) && !entity.unmergeable;
