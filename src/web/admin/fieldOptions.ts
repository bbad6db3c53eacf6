export interface FieldOption {
  value?: string;
  label: { zh: string; en: string };
  retired?: boolean;
}

/** One line for each option: the Chinese name, and after a bar the English one. */
export const optionsText = (options: FieldOption[] = []) =>
  options
    .filter((option) => !option.retired)
    .map(({ label }) => (label.en && label.en !== label.zh ? `${label.zh} | ${label.en}` : label.zh))
    .join('\n');

/** Lines as options. One that was known keeps its stored value; one left out is retired by the server, never lost. */
export function readOptions(text: string, known: FieldOption[] = []): FieldOption[] {
  return text
    .split('\n')
    .map((line) => line.split(/[|\uff5c]/).map((part) => part.trim()))
    .filter(([zh]) => zh)
    .map(([zh = '', en]) => {
      const held = known.find((option) => option.label.zh === zh);
      const label = { zh, en: en || held?.label.en || zh };
      return held?.value ? { value: held.value, label } : { label };
    });
}
