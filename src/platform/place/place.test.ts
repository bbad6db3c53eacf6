import { describe, expect, it } from 'vitest';
import { MERGED_DISTRICTS } from './changed.ts';
import { cityAliases, cityNames, placeTree, regionFromAddress } from './names.ts';
import { findRegion, type RegionMatch, regions, shortRegionName } from './regions.ts';

const shown = (match: RegionMatch) =>
  [match.province, match.city, match.district].map((node) => node?.name ?? '').join('/');

describe('findRegion', () => {
  it.each([
    [{ city: '杭州' }, '浙江省/杭州市/'],
    [{ province: '浙江', city: '杭州市', district: '西湖' }, '浙江省/杭州市/西湖区'],
    [{ city: '北京', district: '朝阳' }, '北京市//朝阳区'],
    [{ province: '北京市', city: '市辖区', district: '东城区' }, '北京市//东城区'],
    [{ province: '重庆', city: '县', district: '忠县' }, '重庆市//忠县'],
    [{ city: '仙桃' }, '湖北省/仙桃市/'],
    [{ province: '湖北省', city: '神农架' }, '湖北省/神农架林区/'],
    [{ city: '东莞' }, '广东省/东莞市/'],
    [{ city: '昆山' }, '江苏省/苏州市/昆山市'],
    [{ province: '吉林', city: '吉林' }, '吉林省/吉林市/'],
    [{ city: '恩施州' }, '湖北省/恩施土家族苗族自治州/'],
    [{ city: '襄樊' }, '湖北省/襄阳市/'],
    [{ city: '台北' }, '台湾省/台北市/'],
    [{ province: '香港' }, '香港特别行政区//'],
    [{}, '//'],
  ])('%j → %s', (input, expected) => {
    const match = findRegion(input);
    expect(match.problems).toEqual([]);
    expect(shown(match)).toBe(expected);
  });

  it('places a merged district and says so', () => {
    const match = findRegion({ city: '杭州', district: '下城' });
    expect([shown(match), match.renamedFrom]).toEqual(['浙江省/杭州市/拱墅区', '下城区']);
  });

  it('knows the present unit of every merged district', () => {
    for (const { old, code } of MERGED_DISTRICTS) expect(regions().byCode.get(code)?.level, old).toBe(3);
  });

  it.each([
    [{ city: '杭州', district: '江干区' }, 'district', 'split_district'],
    [{ city: '石家庄', district: '桥东区' }, 'district', 'split_district'],
    [{ district: '朝阳区' }, 'district', 'ambiguous_region'],
    [{ province: '浙江', city: '南京' }, 'city', 'unknown_region'],
    [{ city: '海南' }, 'city', 'ambiguous_region'],
    [{ city: '吉林' }, 'city', 'ambiguous_region'],
    [{ province: '哪里' }, 'province', 'unknown_region'],
  ])('%j is not guessed', (input, field, code) => {
    expect(findRegion(input).problems).toEqual([{ field, code }]);
  });

  it('knows a district of the same name elsewhere', () => {
    expect(shown(findRegion({ city: '张家口', district: '桥东' }))).toBe('河北省/张家口市/桥东区');
  });
});

describe('names', () => {
  it.each(['constructor', 'toString', '__proto__', 'valueOf'])('%s is a text like any other', (name) => {
    expect([shortRegionName(name), cityAliases(name)]).toEqual([name, [name]]);
  });

  it('gives every way of writing a city', () => {
    expect(cityAliases('杭州')).toEqual(['杭州', '杭州市']);
    expect(cityAliases('杭州市')).toEqual(['杭州市', '杭州']);
    expect(cityAliases('恩施')).toContain('恩施土家族苗族自治州');
    expect(cityAliases('Springfield')).toEqual(['Springfield']);
  });

  it.each([
    ['杭州市', '杭州'],
    ['内蒙古自治区', '内蒙古'],
    ['黔东南苗族侗族自治州', '黔东南'],
    ['延边朝鲜族自治州', '延边'],
    ['沙县', '沙县'],
    ['大兴安岭地区', '大兴安岭'],
  ])('%s → %s', (name, short) => expect(shortRegionName(name)).toBe(short));

  it('knows which names stand at the head of company names', () => {
    expect(['杭州', '浙江省', '昆山', '中国', '朝阳区'].every((name) => cityNames().has(name))).toBe(true);
    expect(cityNames().has('西湖')).toBe(false);
  });

  it('offers choices without a middle level for 直辖市 and without districts for 东莞', () => {
    const [beijing] = placeTree();
    expect([beijing?.name, beijing?.children?.[0]?.name, beijing?.children?.[0]?.children]).toEqual([
      '北京市',
      '东城区',
      undefined,
    ]);
    const guangdong = placeTree().find((option) => option.name === '广东省');
    expect(guangdong?.children?.find((option) => option.name === '东莞市')?.children).toBeUndefined();
    expect(placeTree()).toHaveLength(34);
  });

  it.each([
    ['浙江省杭州市西湖区文三路1号', '浙江省/杭州市/西湖区', '文三路1号'],
    ['杭州文三路', '浙江省/杭州市/', '文三路'],
    ['上海浦东新区世纪大道', '上海市//浦东新区', '世纪大道'],
    ['江苏昆山市人民路', '江苏省/苏州市/昆山市', '人民路'],
  ])('reads the address %s', (address, expected, rest) => {
    const match = regionFromAddress(address)!;
    expect([shown(match), match.rest]).toEqual([expected, rest]);
  });

  it('leaves an address without a place alone', () => expect(regionFromAddress('文三路1号')).toBeUndefined());
});
