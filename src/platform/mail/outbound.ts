import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { problem } from '../errors/problem.ts';

const ranges = (list: readonly [string, number][]): BlockList => {
  const blocks = new BlockList();
  for (const [address, prefix] of list)
    blocks.addSubnet(address, prefix, address.includes(':') ? 'ipv6' : 'ipv4');
  return blocks;
};

/** Addresses nothing of ours may ever talk to: unspecified, link-local (with the metadata of clouds), multicast, reserved. */
const NEVER = ranges([
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 3],
  ['::', 128],
  ['fe80::', 10],
  ['ff00::', 8],
  ['fd00:ec2::', 32],
]);

/** This computer and the company's own network. */
const INSIDE = ranges([
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['::1', 128],
  ['fc00::', 7],
]);

/** Whether a connection may go to this address; to the inside only where an administrator has named it. */
export function mayReach(address: string, { inside }: { inside: boolean }): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mayReach(mapped, { inside });
  // The mapped form in hexadecimal, and tunnels that lead to any other address.
  if (/^(::ffff:|64:ff9b:|2002:)/i.test(address)) return false;
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return isIP(address) !== 0 && !NEVER.check(address, family) && (inside || !INSIDE.check(address, family));
}

/**
 * The address of a host, looked up once and checked: the connection goes to it, not to what the name may mean a moment later.
 * Throws `host_unknown` and `host_not_allowed`.
 */
export async function outboundAddress(host: string, reach: { inside: boolean }): Promise<string> {
  const found = await lookup(host, { all: true, verbatim: true }).catch(() => []);
  if (found.length === 0) throw problem('host_unknown', { params: { host } });
  // Where a name has both, most networks of offices only get out by IPv4.
  const allowed = found
    .toSorted((a, b) => a.family - b.family)
    .find(({ address }) => mayReach(address, reach));
  if (!allowed) throw problem('host_not_allowed', { params: { host } });
  return allowed.address;
}
