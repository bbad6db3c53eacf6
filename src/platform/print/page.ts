/** A printed page as plain data, so that it can be made in another thread. */
export interface PrintPage {
  title: string;
  /** Beneath the title: period, scope, state. */
  subtitle?: string;
  company: string;
  /** Above the title of the first page, for papers that leave the house. */
  letterhead?: Letterhead;
  landscape?: boolean;
  language: 'zh' | 'en';
  blocks: readonly PrintBlock[];
  /** Who signs, beneath everything: 编制, 填写, 审核. */
  signatures?: readonly PrintSignature[];
  /** Left in the footer, for example when it was printed. */
  note?: string;
  /** Across every page, for what is no final version. */
  watermark?: string;
}

/** Who sends a paper: the full name, address, tax number and bank in lines beneath, the logo before them. */
export interface Letterhead {
  name: string;
  lines: readonly string[];
  /** A data URL (PNG or JPEG). */
  logo?: string;
}

export type PrintBlock =
  | { kind: 'text'; text: string; muted?: boolean }
  | { kind: 'facts'; facts: readonly { label: string; value: string }[] }
  | {
      kind: 'table';
      columns: readonly PrintColumn[];
      rows: readonly (readonly string[])[];
      /** The last line, in bold. */
      total?: readonly string[];
    };

export interface PrintColumn {
  label: string;
  /** Share of the width; columns with 1 each are equal. */
  weight?: number;
  align?: 'left' | 'center' | 'right';
}

export interface PrintSignature {
  label: string;
  name?: string;
  date?: string;
  /** The image of a seal beside the name, as a data URL (PNG or JPEG). */
  seal?: string;
}
