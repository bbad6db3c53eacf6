import type { Context } from '../context/context.ts';
import type { Services } from '../context/services.ts';
import type { Labels } from '../entity/types.ts';
import type { Language } from '../i18n/translations.ts';

/** One thing a template may ask for. */
export interface PaperField {
  name: string;
  label: Labels;
  /** Further ways to ask for it: an amount also in capitals or bare, a date also written out. */
  kind: 'text' | 'money' | 'date' | 'flag';
  /** Other names people give it; understood, but not listed. */
  also?: readonly string[];
}

/** What a template of this kind may ask for: fields, fields of what they name, and rows of which there are several. */
export interface PaperShape {
  fields: readonly PaperField[];
  /** `{客户.电话}`. */
  groups: readonly { name: string; label: Labels; fields: readonly PaperField[] }[];
  /** `{#明细}…{/明细}`. */
  loops: readonly { name: string; label: Labels; fields: readonly PaperField[] }[];
}

/** What was asked for, as text: `customer.name`, `total`, `total.capitals`. What is not there prints as nothing. */
export interface PaperValues {
  /** Of the file. */
  title: string;
  texts: Readonly<Record<string, string>>;
  loops: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
  /** A data URL; only on what has been let through. */
  seal?: string | undefined;
  /** A data URL of whoever the paper is in the name of. */
  logo?: string | undefined;
}

/** How it is to be printed. */
export interface PaperWish {
  language: Language;
  /** Whether amounts stand on it. */
  prices: boolean;
  /** Names of the shape that the template asks for; nothing else need be looked up. */
  wanted: ReadonlySet<string>;
  /** What else the paper asks for, for example the period of a statement. */
  params: Readonly<Record<string, string>>;
}

/** By what the usual template of a record is found. */
export interface PaperHome {
  legalEntity: string | null;
  department: string | null;
}

/**
 * A kind of paper (SAL-16) that the company may give its own Word templates. Modules tell theirs in `Module.papers`; that of a
 * record type is made by `recordPaper`.
 */
export interface PaperSpec {
  /** Its words: `paper.<name>`. */
  name: string;
  /** The record type it is a paper of, for what shows buttons. */
  entity: string;
  shape(ctx: Pick<Context, 'registry'>): PaperShape;
  /** Throws as reading does for who may not see the record, before anything else is told. */
  home(ctx: Context, id: string): Promise<PaperHome>;
  /** The values, within the rights of who asks: what he may not see is `HIDDEN`. */
  read(ctx: Context, services: Services, id: string, wish: PaperWish): Promise<PaperValues>;
}

/** What stands in the place of a value that is not for the reader. */
export const HIDDEN = '—';
