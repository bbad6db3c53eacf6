import { pinyin, polyphonic } from 'pinyin-pro';
import { isHan } from './fold.ts';

/** Readings that names and places use and the dictionary lacks. */
const MORE_READINGS: Record<string, string> = {
  俟: 'qi',
  厦: 'xia',
  莆: 'pu',
  亳: 'bo',
  涪: 'fu',
  郫: 'pi',
  枞: 'zong',
  歙: 'she',
  阚: 'kan',
  逄: 'pang',
  璩: 'qu',
  邸: 'di',
};

const table = new Map<string, readonly string[]>();
const NONE: readonly string[] = [];

/** The way people type ü on a keyboard; 略 and 虐 are typed both ways. */
const typed = (reading: string) => reading.replace(/ü/g, 'v');

/**
 * Every reading of one Chinese character without tones, most usual first, ü written v; empty for anything else.
 * Computed once per character met.
 */
export function readingsOf(char: string): readonly string[] {
  const known = table.get(char);
  if (known) return known;
  let readings = NONE;
  if (isHan(char)) {
    const [found = []] = polyphonic(char, { toneType: 'none', type: 'array' });
    const all = found.map(typed).filter((reading) => SYLLABLES.has(reading));
    const more = MORE_READINGS[char];
    if (more) all.push(more);
    readings = [...new Set(all)];
  }
  table.set(char, readings);
  return readings;
}

/**
 * The reading of each character (code point) in its word, without tones: 重庆 → chong qing. A surname at the head is
 * read as one when asked: 单雄信 → shan xiong xin. What is not Chinese stays as it is.
 */
export function primaryReadings(text: string, options: { person?: boolean } = {}): string[] {
  return pinyin(text, {
    toneType: 'none',
    type: 'array',
    v: true,
    surname: options.person ? 'head' : 'off',
  });
}

/** All syllables of Mandarin as typed (ü as v). The interjections m, n, ng, hng are left out: they read as initials. */
export const SYLLABLES: ReadonlySet<string> = new Set(
  (
    'a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen ' +
    'ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong ' +
    'cou cu cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui ' +
    'dun duo e ei en eng er fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua ' +
    'guai guan guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji ' +
    'jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke kei ken keng kong kou ku kua ' +
    'kuai kuan kuang kui kun kuo la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu lo long lou ' +
    'lu luan lun luo lv lve ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu na nai nan ' +
    'nang nao ne nei nen neng ni nian niang niao nie nin ning niu nong nou nu nuan nuo nv nve o ou pa pai pan pang ' +
    'pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que ' +
    'qun ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo sa sai san sang sao se sen seng sha shai shan ' +
    'shang shao she shei shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun ' +
    'suo ta tai tan tang tao te tei teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen ' +
    'weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong ' +
    'you yu yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong ' +
    'zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo'
  ).split(' '),
);

/** Whether some syllable begins with the letters: a reading not yet typed to its end. */
export function beginsSyllable(letters: string): boolean {
  return SYLLABLE_BEGINNINGS.has(letters);
}

const SYLLABLE_BEGINNINGS = new Set(
  [...SYLLABLES].flatMap((syllable) => Array.from(syllable, (_, index) => syllable.slice(0, index + 1))),
);
