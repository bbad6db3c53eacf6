/** Compound surnames in use; without them 欧阳先生 would become 欧先生. */
const COMPOUND = new Set(
  (
    '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 ' +
    '仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 ' +
    '段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 梁丘 左丘 东门 西门 南荣 第五 完颜 耶律 叶赫 那拉 纳兰 淳于 单于 贺兰 ' +
    '歐陽 太史 萬俟 聞人 諸葛 尉遲 鍾離 長孫 鮮于 閭丘 軒轅 東方 獨孤 南宮 上官 司馬 濮陽 申屠 公孫'
  ).split(' '),
);

/** The surname of a Chinese person's name (欧阳锋 → 欧阳, 王小明 → 王), or the last word of a Latin name. */
export function surnameOf(name: string): string {
  const text = name.trim();
  if (/^\p{Script=Latin}/u.test(text)) return text.split(/[\s,]+/).at(-1) ?? '';
  const characters = Array.from(text);
  const two = characters.slice(0, 2).join('');
  // 单于 and 上官 alone are names of two characters: surname and given name cannot be told apart, one is likelier.
  return characters.length > 2 && COMPOUND.has(two) ? two : (characters[0] ?? '');
}

/** How a person is addressed: 欧阳锋, male → 欧阳先生; without a known sex the full name is the safe form. */
export function salutation(name: string, sex?: 'male' | 'female'): string {
  const surname = surnameOf(name);
  if (!sex || surname === '') return name.trim();
  if (/^\p{Script=Latin}/u.test(surname)) return `${sex === 'male' ? 'Mr.' : 'Ms.'} ${surname}`;
  return `${surname}${sex === 'male' ? '先生' : '女士'}`;
}
