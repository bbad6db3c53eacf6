import { expect, test } from 'vitest';
import { mayReach, outboundAddress } from './outbound.ts';

test.each<[string, boolean, boolean]>([
  // address, from outside only, inside allowed
  ['203.0.113.9', true, true],
  ['2001:db8::1', true, true],
  ['127.0.0.1', false, true],
  ['127.255.0.9', false, true],
  ['10.1.2.3', false, true],
  ['172.31.255.255', false, true],
  ['172.32.0.1', true, true],
  ['192.168.1.10', false, true],
  ['100.64.0.1', false, true],
  ['::1', false, true],
  ['fd12::1', false, true],
  ['::ffff:10.0.0.1', false, true],
  ['::ffff:7f00:1', false, false],
  ['64:ff9b::a00:1', false, false],
  ['0.0.0.0', false, false],
  ['::', false, false],
  ['169.254.169.254', false, false],
  ['::ffff:169.254.169.254', false, false],
  ['fd00:ec2::254', false, false],
  ['fe80::1', false, false],
  ['224.0.0.1', false, false],
  ['255.255.255.255', false, false],
  ['ff02::1', false, false],
  ['not an address', false, false],
])('%s', (address, outside, inside) => {
  expect([mayReach(address, { inside: false }), mayReach(address, { inside: true })]).toEqual([
    outside,
    inside,
  ]);
});

test('a name is looked up once and its address checked', async () => {
  expect(await outboundAddress('127.0.0.1', { inside: true })).toBe('127.0.0.1');
  await expect(outboundAddress('localhost', { inside: false })).rejects.toMatchObject({
    code: 'host_not_allowed',
  });
  await expect(outboundAddress('nowhere.invalid', { inside: true })).rejects.toMatchObject({
    code: 'host_unknown',
  });
});
