/** By what variants differ: a name with the values there are; of a variant, the one it has. */
export interface Attribute {
  name: string;
  values: string[];
}

/**
 * Reads what people write: `颜色：红，蓝；尺寸：S，M`, with full or half width signs. Null where it cannot be understood: a part
 * without name or values, or a name twice.
 */
export function parseAttributes(text: string): Attribute[] | null {
  const parts = text
    .split(/[;；\n]/)
    .map((part) => part.trim())
    .filter(Boolean);
  const attributes: Attribute[] = [];
  for (const part of parts) {
    const [, name, rest] = /^([^:：]+)[:：](.*)$/s.exec(part) ?? [];
    const values = [...new Set((rest ?? '').split(/[,，、]/).map((value) => value.trim()))].filter(Boolean);
    if (!name?.trim() || values.length === 0) return null;
    if (attributes.some((other) => other.name === name.trim())) return null;
    attributes.push({ name: name.trim(), values });
  }
  return attributes;
}

/** The one way they are stored, so that the same attributes are the same text. */
export const attributesText = (attributes: readonly Attribute[]): string =>
  attributes.map(({ name, values }) => `${name}：${values.join('，')}`).join('；');

/** Every combination of one value each, in the order of the values: red S, red M, blue S, blue M. */
export function combinations(attributes: readonly Attribute[]): Attribute[][] {
  return attributes.reduce<Attribute[][]>(
    (before, { name, values }) =>
      before.flatMap((head) => values.map((value) => [...head, { name, values: [value] }])),
    [[]],
  );
}

/** What a variant may be among its main product's attributes: each once, with a value there is. */
export function fitsInto(variant: readonly Attribute[], main: readonly Attribute[]): boolean {
  return (
    variant.length === main.length &&
    main.every(({ name, values }) => {
      const own = variant.find((attribute) => attribute.name === name);
      return own?.values.length === 1 && values.includes(own.values[0] as string);
    })
  );
}

/** A variant's attributes in its main product's order. */
export const inOrderOf = (variant: readonly Attribute[], main: readonly Attribute[]): Attribute[] =>
  main.flatMap(({ name }) => variant.find((attribute) => attribute.name === name) ?? []);
