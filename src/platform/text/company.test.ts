import { describe, expect, it } from 'vitest';
import { companyCore } from './company.ts';
import { salutation, surnameOf } from './surname.ts';

describe('companyCore', () => {
  it.each([
    ['杭州海康威视电子股份有限公司上海分公司', '杭州', '海康威视', '电子', '股份有限公司', '上海分公司'],
    ['浙江省杭州市西湖区阿里贸易有限公司', '浙江省杭州市西湖区', '阿里', '贸易', '有限公司', ''],
    ['海康（杭州）科技有限公司', '杭州', '海康', '科技', '有限公司', ''],
    ['杭州银行股份有限公司', '', '杭州', '银行', '股份有限公司', ''],
    ['北京朝阳科技有限公司', '北京', '朝阳', '科技', '有限公司', ''],
    ['深圳市騰訊計算機系統有限公司', '深圳市', '腾讯', '计算机系统', '有限公司', ''],
    ['内蒙古伊利实业集团股份有限公司', '内蒙古', '伊利', '实业', '集团股份有限公司', ''],
    ['昆山好孩子集团', '昆山', '好孩子', '', '集团', ''],
    ['杭州老王面馆', '杭州', '老王面馆', '', '', ''],
    ['老王厂', '', '老王', '', '厂', ''],
    ['杭州', '', '杭州', '', '', ''],
    ['科技', '', '科技', '', '', ''],
    ['Acme Co., Ltd.', '', 'acme', '', 'co.,ltd.', ''],
    ['Acme Corporation', '', 'acme', '', 'corporation', ''],
    ['Müller GmbH', '', 'muller', '', 'gmbh', ''],
    ['Visa', '', 'visa', '', '', ''],
    ['', '', '', '', '', ''],
  ])('%s', (name, region, core, trade, legal, branch) => {
    expect(companyCore(name)).toMatchObject({ region, core, trade, legal, branch });
  });

  it('says where core and legal form begin in the folded name', () => {
    const parts = companyCore('杭州 海康威视 有限公司');
    expect([parts.coreStart, parts.legalStart]).toEqual([2, 6]);
  });
});

describe('surnames', () => {
  it.each([
    ['欧阳锋', '欧阳'],
    ['尉迟恭', '尉迟'],
    ['万俟卨', '万俟'],
    ['諸葛亮', '諸葛'],
    ['王小明', '王'],
    ['单于', '单'],
    ['𠮷田', '𠮷'],
    ['John Smith', 'Smith'],
    ['', ''],
  ])('%s → %s', (name, surname) => expect(surnameOf(name)).toBe(surname));

  it('addresses people by surname where the sex is known', () => {
    expect(salutation('欧阳锋', 'male')).toBe('欧阳先生');
    expect(salutation('王小明', 'female')).toBe('王女士');
    expect(salutation('王小明')).toBe('王小明');
    expect(salutation('John Smith', 'male')).toBe('Mr. Smith');
  });
});
