import { type Chance, chance } from '../../platform/sample/random.ts';
import {
  givenNames,
  jobTitles,
  legalForms,
  type Region,
  regions,
  shortNames,
  sizes,
  sources,
  stories,
  streets,
  surnames,
  trades,
} from './words.ts';

export const CUSTOMERS = 2000;

const pad = (value: number, length: number) => String(value).padStart(length, '0');
const DIGITS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** A day of the year that every year and calendar has. */
const monthDay = (random: Chance) => `${pad(1 + random.below(12), 2)}-${pad(1 + random.below(28), 2)}`;

/** A made-up 统一社会信用代码 with the right check character (GB 32100-2015). */
function taxNumber(index: number): string {
  const body = `91330100MA${pad((index * 7919) % 10_000_000, 7)}`;
  const sum = [...body].reduce((total, char, place) => total + DIGITS.indexOf(char) * (3 ** place % 31), 0);
  return body + DIGITS[(31 - (sum % 31)) % 31];
}

export const personName = (random: Chance) => random.pick(surnames) + random.pick(givenNames);
/** Numbers of the range 199 0000, which nobody has been given. */
export const mobile = (index: number) => `1990000${pad(index % 10_000, 4)}`;

export interface SampleCustomer {
  region: Region;
  values: Record<string, unknown>;
  contacts: Record<string, unknown>[];
  /** In order of time; `daysAgo` before today. */
  history: {
    daysAgo: number;
    kind: string;
    subject: string;
    content: string;
    next: string | undefined;
    contact: number;
  }[];
}

/** Sample customer number `index`: a company, or now and then a person, with its people and what happened so far. */
export function sampleCustomer(index: number, products: readonly string[], currency = 'CNY'): SampleCustomer {
  const random = chance(index * 104_729 + 7);
  const region = random.pick(regions);
  const place = random.pick(region.cities);
  const person = random.number() < 0.08;
  const trade = random.pick(trades);
  const short = place.city.replace('市', '');
  const company = `${short}${shortNames[(index * 131) % shortNames.length]}${trade.word}${random.pick(legalForms)}`;
  const name = person ? personName(random) : company;
  const contacts = person
    ? []
    : Array.from({ length: 1 + random.below(3) }, (_, order) =>
        sampleContact(random, index * 3 + order, order === 0),
      );
  const values = {
    name,
    kind: person ? 'person' : 'company',
    phone: person ? mobile(index) : `${place.area}-8${pad((index * 37) % 10_000_000, 7)}`,
    province: place.province,
    city: place.city,
    district: random.pick(place.districts),
    address: `${random.pick(streets)}${1 + random.below(600)}号`,
    source: random.pick(sources),
    ...(person
      ? {
          sex: random.pick(['male', 'female']),
          birthday: `19${60 + random.below(40)}-${monthDay(random)}`,
        }
      : {
          industry: trade.industry,
          size: random.pick(sizes),
          annualRevenue: {
            amount: String(Math.round(10 ** (1.5 + random.number() * 3.2)) * 10_000),
            currency,
          },
          ...(random.number() < 0.7 ? { taxNumber: taxNumber(index) } : {}),
          ...(random.number() < 0.4 ? { email: `info@example-${index}.cn` } : {}),
        }),
  };
  return { region, values, contacts, history: sampleHistory(random, contacts, name, products) };
}

function sampleContact(random: Chance, index: number, primary: boolean): Record<string, unknown> {
  const lunar = random.number() < 0.3;
  const day = monthDay(random);
  return {
    name: personName(random),
    jobTitle: random.pick(jobTitles),
    phone: mobile(index),
    primary,
    sex: random.pick(['male', 'female']),
    birthday: lunar ? `lunar:--${day}` : `19${65 + random.below(30)}-${day}`,
  };
}

function sampleHistory(
  random: Chance,
  contacts: Record<string, unknown>[],
  name: string,
  products: readonly string[],
): SampleCustomer['history'] {
  const count = random.below(7);
  const days = Array.from({ length: count }, () => random.below(540)).sort((a, b) => b - a);
  return days.map((daysAgo, order) => {
    const story = stories[
      Math.min(order, 1) === 0 ? random.below(3) : random.below(stories.length)
    ] as (typeof stories)[number];
    const contact = random.below(Math.max(contacts.length, 1));
    const who = String(contacts[contact]?.name ?? name);
    const fill = (text: string) =>
      text.replaceAll('{who}', who).replaceAll('{product}', random.pick(products));
    return {
      daysAgo,
      kind: story.kind,
      subject: fill(story.subject),
      content: fill(story.content),
      next: story.next,
      contact,
    };
  });
}
