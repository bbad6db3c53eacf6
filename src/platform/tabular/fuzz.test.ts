import fc from 'fast-check';
import iconv from 'iconv-lite';
import { afterAll, expect, test } from 'vitest';
import { readAll, refusal, removeTemporaryFiles, row, workbook, zipped } from './fixture.ts';

afterAll(removeTemporaryFiles);

/** `refusal` rethrows whatever is no TableError: these tests fail when any bytes get something else thrown. */
async function survives(bytes: Uint8Array): Promise<void> {
  expect((await refusal(bytes)).code).toMatch(/^(none|file_|sheet_)/);
}

test('random bytes', async () => {
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), survives), { numRuns: 300 });
});

test('random text', async () => {
  const unit = fc.constantFrom(...',;\t"\n\r\'=0a海 \u0000\ufeff<{['.split(''));
  await fc.assert(
    fc.asyncProperty(fc.string({ unit, maxLength: 300 }), (text) => survives(Buffer.from(text))),
    { numRuns: 300 },
  );
});

const CSV = '名称,电话,备注\r\n"海康 ""威视""",13800138000,"a\nb"\r\n大华,,=1+1\r\n';
const mutations = fc.array(fc.record({ at: fc.nat(), to: fc.nat({ max: 255 }) }), {
  minLength: 1,
  maxLength: 6,
});

function mutate(bytes: Buffer, changes: { at: number; to: number }[], cut: number): Buffer {
  const copy = Buffer.from(bytes.subarray(0, bytes.length - (cut % 4 === 0 ? cut % bytes.length : 0)));
  for (const { at, to } of changes) if (copy.length > 0) copy[at % copy.length] = to;
  return copy;
}

test.each(['utf-8', 'gb18030', 'utf-16le', 'utf-16be'])('mutated CSV in %s', async (encoding) => {
  const valid = iconv.encode(CSV.repeat(3), encoding, { addBOM: encoding !== 'gb18030' });
  expect((await readAll(valid)).rows.length).toBeGreaterThan(5);
  await fc.assert(
    fc.asyncProperty(mutations, fc.nat(), (changes, cut) => survives(mutate(valid, changes, cut))),
    { numRuns: 150 },
  );
});

const BOOK = workbook({
  sheets: [
    {
      rows: `${row(1, ['名称', '电话'])}${row(2, ['海康', '1'])}<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" s="0"><v>45000</v></c></row>`,
    },
  ],
  strings: ['<si><t>大华</t></si>'],
  formats: ['yyyy-mm-dd'],
});

test('mutated workbooks', async () => {
  const valid = await zipped(BOOK);
  expect((await readAll(valid)).texts).toEqual([
    ['海康', '1'],
    ['大华', '2023-03-15'],
  ]);
  await fc.assert(
    fc.asyncProperty(mutations, fc.nat(), (changes, cut) => survives(mutate(valid, changes, cut))),
    { numRuns: 300 },
  );
});

test('workbooks whose parts are mutated before packing', async () => {
  const names = Object.keys(BOOK);
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: names.length - 1 }), mutations, fc.nat(), async (which, changes, cut) => {
      const name = names[which] as string;
      const damaged = mutate(Buffer.from(BOOK[name] as string), changes, cut);
      await survives(await zipped({ ...BOOK, [name]: damaged } as Record<string, string>));
    }),
    { numRuns: 300 },
  );
});
