const MOBILE = /(?<!\d)((?:\+?86[ -]?)?1[3-9]\d)([ -]?\d{4})([ -]?\d{4})(?!\d)/g;
const LANDLINE = /(?<!\d)(0\d{2,3}[ -]?)(\d{4})(\d{3,4})(?!\d)/g;

/** What people wrote, with the middle of telephone numbers left out: a sheet hangs where everyone passes by. */
export function withoutPhones(text: string | null): string | null {
  if (text === null) return null;
  return text
    .replace(MOBILE, (_all, head, _middle, tail) => `${head}****${String(tail).replace(/\D/g, '')}`)
    .replace(LANDLINE, (_all, head, _middle, tail) => `${head}****${tail}`);
}
