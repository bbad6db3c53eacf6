/** A price of a book as the grid shows it. */
export interface SheetRow {
  id: string;
  version: number;
  product: { id: string; title: string };
  code: string | null;
  specification: string | null;
  active: boolean | null;
  unit: string;
  fromQuantity: string;
  price: string | null;
  minimumPrice: string | null;
  /** Of one of the unit, where it is in the book's currency. */
  listPrice: string | null;
}

export interface Sheet {
  id: string;
  name: string;
  currency: string;
  taxIncluded: boolean;
  rows: SheetRow[];
  /** There are more than a grid holds. */
  more: boolean;
}

/** A change of the grid: an entry by its id, or a product by id or by what is written of it. */
export interface SheetChange {
  id?: string | undefined;
  version?: number | undefined;
  remove?: true | undefined;
  product?: string | undefined;
  /** A code, barcode or name, as pasted. */
  find?: string | undefined;
  unit?: string | undefined;
  fromQuantity?: string | undefined;
  price?: string | undefined;
  minimumPrice?: string | null | undefined;
}
