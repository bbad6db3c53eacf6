import { Converter } from 'opencc-js/cn2t';
import { readingsOf } from '../src/platform/text/pinyin.ts';
import { type Company, companyAt, randomOf } from './names.ts';

/** A company of the base, or the second record of one, written as another person would write it. */
export interface Written extends Company {
  /** The company it is a second record of, and in what way its name was written differently. */
  twinOf?: number;
  kind?: TwinKind;
}

export type TwinKind = keyof typeof KINDS;

interface Writer {
  company: Company;
  random: () => number;
  /** The name in its parts: place, own name, trade, legal form. */
  place: string;
  trade: string;
  form: string;
}

const traditional = Converter({ from: 'cn', to: 'tw' });
const pick = <T>(list: readonly T[], random: () => number) => list[Math.floor(random() * list.length)] as T;
const replaceAt = (text: string, at: number, char: string) => Array.from(text).with(at, char).join('');

/** Common characters, and those that sound alike, taken from the names themselves. */
const CHARS = Array.from(
  new Set(Array.from({ length: 4000 }, (_, index) => companyAt(index * 3).short).join('')),
).filter((char) => /\p{Script=Han}/u.test(char));
const BY_SOUND = Map.groupBy(CHARS, (char) => readingsOf(char)[0] ?? '');

const KINDS = {
  typo({ company: { name, short }, random }: Writer) {
    const own = Array.from(short);
    const at = Math.floor(random() * own.length);
    const wrong = pick(
      CHARS.filter((char) => char !== own[at]),
      random,
    );
    return name.replace(short, replaceAt(short, at, wrong));
  },
  'missing or double character': ({ company: { name, short }, random }: Writer) => {
    const own = Array.from(short);
    const at = Math.floor(random() * own.length);
    const slip =
      random() < 0.5 && own.length > 2 ? own.toSpliced(at, 1) : own.toSpliced(at, 0, own[at] as string);
    return name.replace(short, slip.join(''));
  },
  homophone({ company: { name, short }, random }: Writer) {
    const own = Array.from(short);
    const places = own.flatMap((char, at) => {
      const others = (BY_SOUND.get(readingsOf(char)[0] ?? '') ?? []).filter((other) => other !== char);
      return others.length ? [{ at, others }] : [];
    });
    const place = pick(places, random);
    return place ? name.replace(short, replaceAt(short, place.at, pick(place.others, random))) : `${name} `;
  },
  'legal form': ({ company, place, trade, form, random }: Writer) =>
    `${place}${company.short}${trade}${pick(
      ['', '有限公司', '有限责任公司', '公司'].filter((each) => each !== form),
      random,
    )}`,
  traditional: ({ company: { name } }: Writer) => traditional(name),
  'words swapped': ({ company: { short }, place, trade, form }: Writer) =>
    place ? `${short}${place}${trade}${form}` : `${trade}${short}${form}`,
  'new phone': ({ company: { name } }: Writer) => name,
  'place added or dropped': ({ company, place, trade, form, random }: Writer) =>
    place
      ? `${random() < 0.5 ? '' : `${company.province === place ? '' : `${company.province}省`}${place}市`}${company.short}${trade}${form}`
      : `${company.city}${company.short}${trade}${form}`,
  'full width and brackets': ({ company, place, trade, form }: Writer) =>
    `${company.short}（${place || company.city}）${trade}${form}`.replace(/[a-z0-9]/gi, (char) =>
      String.fromCharCode(char.charCodeAt(0) + 0xfee0),
    ),
  abbreviation: ({ company, random }: Writer) =>
    random() < 0.5 ? company.short : `${company.city}${company.short}`,
  spaces: ({ company, place, trade, form }: Writer) => `${place} ${company.short}·${trade} ${form} `,
};

export const TWIN_KINDS = Object.keys(KINDS) as TwinKind[];

const partsOf = (company: Company): Omit<Writer, 'random'> => {
  const at = company.name.indexOf(company.short);
  const rest = company.name.slice(at + company.short.length);
  const [, trade = rest, form = ''] = /^(.*?)((?:有限|股份|集团).*)$/.exec(rest) ?? [];
  return { company, place: company.name.slice(0, at), trade, form };
};

/**
 * A base of companies of which some stand twice. Of a twin only the name tells: it has a phone of its own and neither mail
 * nor tax number.
 */
export function withTwins(companies: number, twins: number): Written[] {
  const base: Written[] = Array.from({ length: companies - twins }, (_, index) => companyAt(index));
  const random = randomOf(20_261_122);
  const step = Math.floor(base.length / twins);
  for (let twin = 0; twin < twins; twin += 1) {
    const twinOf = twin * step + Math.floor(random() * step);
    const company = base[twinOf] as Company;
    const kind = TWIN_KINDS[twin % TWIN_KINDS.length] as TwinKind;
    const name = KINDS[kind]({ ...partsOf(company), random });
    const phone = `13${String(Math.floor(random() * 1e9)).padStart(9, '0')}`;
    base.push({ ...company, name, phone, email: '', taxNumber: '', twinOf, kind });
  }
  return base;
}
