import { sumMoney } from '../../../platform/money/money.shared.ts';
import { groupsOf } from './groups.shared.ts';

type Line = Readonly<Record<string, unknown>>;
type Amount = { amount: string; currency: string };

/** What a bundle comes to: its parts, as far as the reader sees their amounts. */
function wholeOf(line: Line, parts: readonly Line[]): Line {
  const sums = ['gross', 'net', 'taxAmount'].flatMap((name): [string, Amount][] => {
    const amounts = parts.map((part) => part[name] as Amount | null | undefined);
    const [first] = amounts;
    if (!(name in line) || !first || amounts.some((amount) => !amount)) return [];
    return [[name, sumMoney(amounts as Amount[], first.currency)]];
  });
  return { ...line, ...Object.fromEntries(sums) };
}

/** Lines as they were read, with what bundles come to, each with its parts. */
export const shownGroups = (lines: readonly Line[]): { line: Line; parts: Line[] }[] =>
  groupsOf(lines, ({ bundled }) => bundled).map(({ line, parts }) => ({
    line: parts.length ? wholeOf(line, parts) : line,
    parts,
  }));
