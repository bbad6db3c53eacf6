import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkTemplate } from './check.ts';
import { fillDocument } from './docx.ts';
import { fillTemplate } from './fill.ts';
import { placeholdersOf, vocabularyOf } from './names.ts';
import { officePdf, officeProgram } from './office.ts';
import { readTemplate, TEMPLATE_LIMITS } from './package.ts';
import type { PaperField, PaperShape } from './paper.ts';
import { samplePaper } from './sample.ts';
import { p, partNames, partText, row, tbl, word, wordText } from './testing/word.ts';

const field = (name: string, zh: string, kind: PaperField['kind'] = 'text'): PaperField => ({
  name,
  label: { zh, en: name },
  kind,
});
const SHAPE: PaperShape = {
  fields: [
    field('number', '编号'),
    field('total', '总额', 'money'),
    field('date', '日期', 'date'),
    { ...field('remark', '备注'), also: ['说明'] },
    field('remark2', '备注'),
  ],
  groups: [
    {
      name: 'customer',
      label: { zh: '客户', en: 'Customer' },
      fields: [field('name', '名称'), field('phone', '电 话')],
    },
  ],
  loops: [
    {
      name: 'lines',
      label: { zh: '明细', en: 'Lines' },
      fields: [field('name', '名称'), field('gross', '含税金额', 'money')],
    },
    { name: 'instalments', label: { zh: '付款计划', en: 'Instalments' }, fields: [field('name', '名称')] },
  ],
};
const WORDS = vocabularyOf(SHAPE);
const DRAWING =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

async function check(docx: Buffer) {
  return checkTemplate((await readTemplate(docx)).xml, WORDS);
}
const codes = async (docx: Buffer) =>
  (await check(docx)).problems.map(({ code, params }) => [code, params?.tag]);
const values = {
  texts: {
    number: 'HT-1',
    total: '¥300.00',
    'total.capitals': '人民币叁佰元整',
    'customer.name': '甲 & 乙 <有限>',
    'customer.phone': '138',
    remark: '第一行\n第二行',
  },
  loops: {
    lines: [
      { name: '轴承', gross: '¥100.00', no: '1' },
      { name: '{#明细}壳', gross: '¥200.00', no: '2' },
    ],
    instalments: [],
  },
};
async function fill(docx: Buffer, more: object = {}) {
  const { tags, problems } = await check(docx);
  expect(problems).toEqual([]);
  return Buffer.from(fillDocument({ template: docx, tags, values: { ...values, ...more } }));
}

describe('what is written between braces', () => {
  test('is named after the fields, in both languages', () => {
    const written = placeholdersOf(SHAPE).map((each) => each.written.zh);
    for (const name of [
      '编号',
      '总额',
      '总额.大写',
      '总额.数字',
      '日期.中文',
      '备注',
      '备注(remark2)',
      '客户.名称',
      '客户.电话',
      '含税金额',
      '序号',
      '印章',
      '打印日期',
      '含价格',
    ])
      expect(written).toContain(name);
    expect(WORDS.keyOf('Customer.name', null)).toBe('customer.name');
    expect(WORDS.keyOf('名称', 'lines')).toBe('lines/name');
    expect(WORDS.keyOf('名称', null)).toBeUndefined();
    expect(WORDS.keyOf('编号', 'lines')).toBe('number');
    expect(WORDS.keyOf('说明', null)).toBe('remark');
    expect(written).not.toContain('说明');
  });

  test('is filled in: loops over table rows, values cut up by Word, parts left out, line breaks, no markup from data', async () => {
    const docx = word(
      p(['合同 {编', '号}', '，{客户.', '名称}']) +
        tbl(row('品名', '金额'), row('{#明细}{序号}.{名称}', '{含税金额}{/明细}')) +
        p('{#备注}备注：{备注}{/备注}{^付款计划}一次付清{/付款计划}') +
        p('{总额.大写}（{总额}）') +
        p('{日期}|{客户.电话}'),
    );
    const text = wordText(await fill(docx));
    expect(text.split('\n')).toEqual([
      '合同 HT-1，甲 & 乙 <有限>',
      '品名',
      '金额',
      '1.轴承',
      '¥100.00',
      '2.{#明细}壳',
      '¥200.00',
      '备注：第一行⏎第二行一次付清',
      '人民币叁佰元整（¥300.00）',
      '|138',
      '',
    ]);
  });

  test('headers are filled in as well', async () => {
    const header = `<?xml version="1.0"?><w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${p('编号 {编号}')}</w:hdr>`;
    const docx = word(p('正文'), {
      types:
        '<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>',
      more: { 'word/header1.xml': header },
    });
    expect(wordText(await fill(docx), 'word/header1.xml')).toBe('编号 HT-1\n');
    const sealed = word(p('x'), { more: { 'word/header1.xml': header.replace('{编号}', '{印章}') } });
    expect(await codes(sealed)).toEqual([['paper_seal_place', '印章']]);
  });

  test('the seal is a picture where its word stands, and nothing where there is none', async () => {
    const docx = word(p('盖章：{印章} 完'));
    const sealed = await fill(docx, { seal: DRAWING });
    expect(partNames(sealed)).toContain('word/media/guanxi-seal.png');
    expect(partText(sealed, 'word/document.xml')).toContain('r:embed="rIdGuanxiSeal"');
    expect(partText(sealed, 'word/_rels/document.xml.rels')).toContain('media/guanxi-seal.png');
    expect(partText(sealed, '[Content_Types].xml')).toContain('image/png');
    const plain = await fill(docx);
    expect(partNames(plain)).not.toContain('word/media/guanxi-seal.png');
    expect(wordText(plain)).toBe('盖章： 完\n');
  });

  test('the logo keeps its shape, also in a header that had no pictures before', async () => {
    const header = `<?xml version="1.0"?><w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${p('{标志}')}</w:hdr>`;
    const docx = word(p('{标志}'), {
      types:
        '<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>',
      more: { 'word/header1.xml': header },
    });
    expect(await codes(docx)).toEqual([]);
    const filled = await fill(docx, { logo: DRAWING });
    expect(partNames(filled)).toContain('word/media/guanxi-logo.png');
    for (const name of ['document', 'header1']) {
      expect(partText(filled, `word/${name}.xml`)).toContain('<wp:extent cx="504000" cy="504000"/>');
      expect(partText(filled, `word/_rels/${name}.xml.rels`)).toContain(
        'Id="rIdGuanxiLogo" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/guanxi-logo.png"/></Relationships>',
      );
    }
    expect(wordText(await fill(docx))).toBe('\n');
  });

  test('a field that is gone prints as nothing', async () => {
    const docx = word(p('[{编号}]'));
    const filled = fillDocument({ template: docx, tags: { 编号: 'gone' }, values });
    expect(wordText(filled)).toBe('[]\n');
  });
});

test.each<[string, string, [string, string][]]>([
  ['an unknown word', p('{客户.地址}'), [['paper_unknown', '客户.地址']]],
  ['a word of a loop outside it', p('{含税金额}'), [['paper_unknown', '含税金额']]],
  ['a loop without end', p('{#明细}{名称}'), [['paper_loop_open', '明细']]],
  ['an end without beginning', p('{/明细}'), [['paper_loop_unopened', '/明细']]],
  [
    'crossed loops',
    p('{#明细}{#备注}{/明细}{/备注}'),
    [
      ['paper_loop_crossed', '备注'],
      ['paper_loop_crossed', '明细'],
    ],
  ],
  ['a loop in a loop', p('{#明细}{#明细}{/明细}{/明细}'), [['paper_loop_nested', '明细']]],
  ['a loop without its sign', p('{明细}'), [['paper_loop_bare', '明细']]],
  ['a single brace', p('{编号'), [['paper_brace', '{编号']]],
  ['full-width braces', p('｛编号｝'), [['paper_wide_brace', '编号']]],
  ['raw markup', p('{@客户.名称}'), [['paper_unknown', '@客户.名称']]],
  [
    'code',
    p('{constructor}{__proto__}{编号 + 1}'),
    [
      ['paper_unknown', 'constructor'],
      ['paper_unknown', '__proto__'],
      ['paper_unknown', '编号 + 1'],
    ],
  ],
  ['other delimiters', p('{=[[ ]]=}'), [['paper_unknown', '=[[ ]]=']]],
])('%s is refused with its place', async (_, body, problems) => {
  expect(await codes(word(p('前言') + body))).toEqual(problems);
  const { problems: told } = await check(word(p('前言') + body));
  expect(told[0]?.params).toMatchObject({ part: 'document', paragraph: 2 });
});

const rel = (type: string, target: string, mode = ' TargetMode="External"') =>
  `<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"${mode}/>`;
const fld = (...pieces: string[]) =>
  `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>${pieces.map((each) => `<w:r><w:instrText>${each}</w:instrText></w:r>`).join('')}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`;

test.each<[string, () => Buffer, string]>([
  ['no zip at all', () => Buffer.from('PK nothing'), 'paper_not_word'],
  [
    'a document type with entities',
    () => word('', { more: { 'word/settings.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' } }),
    'paper_active',
  ],
  ['broken XML', () => word('<w:p>'), 'paper_not_word'],
  [
    'another encoding',
    () => word('', { more: { 'word/settings.xml': '<?xml version="1.0" encoding="UTF-7"?><a/>' } }),
    'paper_not_word',
  ],
  ['macros', () => word('', { more: { 'word/vbaProject.bin': Buffer.from('x') } }), 'paper_active'],
  [
    'a macro-enabled type',
    () =>
      word('', {
        types:
          '<Override PartName="/x.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>',
      }),
    'paper_active',
  ],
  ['an embedded object', () => word('', { more: { 'word/embeddings/a.docx': '<a/>' } }), 'paper_active'],
  [
    'a template attached from elsewhere',
    () => word('', { relations: rel('attachedTemplate', 'http://evil.example/a.dotm') }),
    'paper_active',
  ],
  [
    'a picture from elsewhere',
    () => word('', { relations: rel('image', 'http://evil.example/a.png') }),
    'paper_external',
  ],
  [
    'a link to a share',
    () => word('', { relations: rel('hyperlink', 'file://evil/share') }),
    'paper_external',
  ],
  [
    'a file brought along as text',
    () => word('', { relations: rel('aFChunk', 'a.html', '') }),
    'paper_active',
  ],
  ['a program in a field', () => word(fld('DDEAUTO c:\\\\windows\\\\cmd.exe')), 'paper_external'],
  ['a field in pieces', () => word(fld(' DD', 'EAUTO', ' cmd')), 'paper_external'],
  [
    'a field that fetches',
    () => word('<w:p><w:fldSimple w:instr="INCLUDEPICTURE http://evil.example/a"/></w:p>'),
    'paper_external',
  ],
  ['too large', () => Buffer.alloc(TEMPLATE_LIMITS.file + 1), 'paper_too_large'],
  [
    'a bomb',
    () => word('', { more: { 'word/big.xml': `<a>${' '.repeat(TEMPLATE_LIMITS.xml)}</a>` } }),
    'paper_too_large',
  ],
  [
    'a bomb of pictures',
    () => word('', { more: { 'word/media/a.png': Buffer.alloc(TEMPLATE_LIMITS.unpacked) } }),
    'paper_too_large',
  ],
  [
    'too many parts',
    () =>
      word('', {
        more: Object.fromEntries(
          Array.from({ length: TEMPLATE_LIMITS.parts }, (_, at) => [`word/media/${at}.png`, 'x']),
        ),
      }),
    'paper_too_large',
  ],
])('%s is refused', async (_, docx, code) => {
  await expect(readTemplate(docx())).rejects.toMatchObject({ errors: [{ path: 'file', code }] });
});

test('a link somebody clicks, page numbers and pictures of its own are welcome', async () => {
  const docx = word(p('{编号}') + fld(' PAGE '), {
    relations: rel('hyperlink', 'https://guanxi.example') + rel('image', 'media/a.png', ''),
    more: { 'word/media/a.png': Buffer.from('x') },
  });
  expect((await check(docx)).problems).toEqual([]);
});

test('a template that cannot be filled is told as such, from a thread of its own', async () => {
  const good = await fillTemplate({ template: word(p('{编号}')), tags: { 编号: 'number' }, values });
  expect(wordText(good)).toBe('HT-1\n');
  await expect(fillTemplate({ template: Buffer.from('no zip'), tags: {}, values })).rejects.toMatchObject({
    code: 'paper_unfillable',
  });
});

test.each(['zh', 'en'] as const)(
  'the example in %s passes its own check and can be filled',
  async (language) => {
    const docx = samplePaper(SHAPE, { title: '合同', language });
    const text = wordText(await fill(docx));
    expect(text).toContain('HT-1');
    expect(text).toContain('轴承');
    expect(text).not.toMatch(/\{(?!#明细\}壳)/);
  },
);

describe.skipIf(process.platform === 'win32')('PDF by LibreOffice', () => {
  test('is made where there is one, by its own rules', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guanxi-office-'));
    const soffice = join(folder, 'soffice');
    // Does what the real one does: writes paper.pdf beside its source, and is told no secret.
    await writeFile(
      soffice,
      '#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\n[ -z "$GUANXI_SECRET" ] && cp "$3" "$2/paper.pdf"\n',
    );
    await chmod(soffice, 0o755);
    process.env.GUANXI_SECRET = 'hush';
    try {
      expect(await officeProgram([join(folder, 'none')])).toBeNull();
      const program = await officeProgram([join(folder, 'none'), folder]);
      expect(program).toBe(soffice);
      expect((await officePdf(program as string, Buffer.from('docx'))).toString()).toBe('docx');
      await writeFile(soffice, '#!/bin/sh\nexit 1\n');
      await expect(officePdf(soffice, Buffer.from('docx'))).rejects.toMatchObject({ code: 'paper_no_pdf' });
      await writeFile(soffice, '#!/bin/sh\nsleep 30\n');
      await expect(officePdf(soffice, Buffer.from('docx'), 100)).rejects.toMatchObject({
        code: 'paper_no_pdf',
      });
    } finally {
      delete process.env.GUANXI_SECRET;
      await rm(folder, { recursive: true, force: true });
    }
  });
});
