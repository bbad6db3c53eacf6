/** Ways of writing a place that its official name does not give. */
export const ALIASES: Record<string, string> = {
  襄樊: '襄阳市',
  襄樊市: '襄阳市',
  思茅: '普洱市',
  湘西州: '湘西土家族苗族自治州',
  恩施州: '恩施土家族苗族自治州',
  延边州: '延边朝鲜族自治州',
  大理州: '大理白族自治州',
  凉山州: '凉山彝族自治州',
  黔东南州: '黔东南苗族侗族自治州',
  黔南州: '黔南布依族苗族自治州',
  黔西南州: '黔西南布依族苗族自治州',
  红河州: '红河哈尼族彝族自治州',
  内蒙: '内蒙古自治区',
};

/** A district that went wholly into one other: what people still write is placed there. `code` is the present unit. */
export const MERGED_DISTRICTS: readonly { old: string; code: string }[] = [
  { old: '下城区', code: '330105' },
  { old: '卢湾区', code: '310101' },
  { old: '闸北区', code: '310106' },
  { old: '南汇区', code: '310115' },
  { old: '崇文区', code: '110101' },
  { old: '宣武区', code: '110102' },
  { old: '塘沽区', code: '120116' },
  { old: '汉沽区', code: '120116' },
  { old: '大港区', code: '120116' },
  { old: '白下区', code: '320104' },
  { old: '下关区', code: '320106' },
  { old: '沧浪区', code: '320508' },
  { old: '平江区', code: '320508' },
  { old: '金阊区', code: '320508' },
  { old: '崇安区', code: '320213' },
  { old: '南长区', code: '320213' },
  { old: '北塘区', code: '320213' },
  { old: '江东区', code: '330212' },
  { old: '萝岗区', code: '440112' },
  { old: '东山区', code: '440104' },
  { old: '芳村区', code: '440103' },
  { old: '四方区', code: '370203' },
  { old: '胶南市', code: '370211' },
  { old: '港闸区', code: '320613' },
  { old: '吉利区', code: '410308' },
  { old: '梅列区', code: '350404' },
];

/** A district that became several: which one is meant cannot be known from the old name. `city`: first four digits. */
export const SPLIT_DISTRICTS: readonly { old: string; city: string }[] = [
  { old: '江干区', city: '3301' },
  { old: '桥东区', city: '1301' },
];

/** Units that the data still lists although they were dissolved. */
export const DISSOLVED: ReadonlySet<string> = new Set(['320611', '350402']);

/** Cities without districts, only towns and streets: 东莞, 中山, 儋州. */
export const WITHOUT_DISTRICTS: ReadonlySet<string> = new Set(['4419', '4420', '4604']);
