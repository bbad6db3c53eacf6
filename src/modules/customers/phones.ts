import type { Draft } from '../../platform/entity/behaviour.ts';
import { parsePhones } from '../../platform/text/phones.ts';

/**
 * Checks phones of a draft: what a spreadsheet destroyed (`1.38E+10`) is refused, because the digits are gone; what looks
 * unusual is stored as written, with a warning.
 */
export function warnPhones(draft: Draft): void {
  const { phone, otherPhones } = draft.values as { phone?: string | null; otherPhones?: string[] | null };
  const cells: [string, string][] = [
    ...(phone ? [['phone', phone] as [string, string]] : []),
    ...(otherPhones ?? []).map((each): [string, string] => ['otherPhones', each]),
  ];
  for (const [path, text] of cells) {
    for (const code of parsePhones(text).problems) {
      (code === 'spreadsheet_damage' ? draft.problems : draft.warnings).push({
        path,
        code,
        params: { value: text },
      });
    }
  }
}
