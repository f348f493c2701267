import { BlockList, isIP } from "node:net";
import type { Context } from "hono";

/** Reads the address a request came from, as limits count it: of IPv6 the /64, which is one subscriber. */
export type AddressReader = (context: Context) => string;

/**
 * Believes what a proxy says about whom it speaks for only when the proxy is one of `trusted` (addresses and CIDR blocks):
 * X-Forwarded-For is read from the right, where each proxy adds whom it saw, as far as the hops are ours.
 */
export function addressReader(trusted: readonly string[]): AddressReader {
  const isProxy = proxiesIn(trusted);
  return (context) => {
    const hops = (context.req.header("x-forwarded-for") ?? "").split(",");
    let address = plain(socketAddress(context.env));
    while (isProxy(address)) {
      const told = plain(hops.pop() ?? "");
      if (told === "") break;
      address = told;
    }
    return counted(address);
  };
}

/** Whom the connections of an address are counted to; null when it is a proxy of ours, which speaks for many. */
export function connectionCounter(trusted: readonly string[]): (address: string) => string | null {
  const isProxy = proxiesIn(trusted);
  return (told) => {
    const address = plain(told);
    return isProxy(address) ? null : counted(address);
  };
}

function proxiesIn(trusted: readonly string[]): (address: string) => boolean {
  const proxies = blocksOf(trusted);
  // A socket without an address is this machine's own.
  return (address) => address === "" || proxies.check(address, address.includes(":") ? "ipv6" : "ipv4");
}

function counted(address: string): string {
  return address.includes(":") ? prefixOf(address) : address;
}

function blocksOf(trusted: readonly string[]): BlockList {
  const blocks = new BlockList();
  for (const block of trusted) {
    const [address = "", bits] = block.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) blocks.addAddress(address, family);
    else blocks.addSubnet(address, Number(bits), family);
  }
  return blocks;
}

/** The bare address of `1.2.3.4`, `1.2.3.4:5678`, `[::1]:80`, `::ffff:1.2.3.4` or `fe80::1%eth0`; empty when it is none. */
function plain(told: string): string {
  if (isIP(told) === 4) return told;
  const text = told.trim().toLowerCase();
  const address = (/^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([^:]*):\d+$/.exec(text)?.[1] ?? text)
    .replace(/%.*$/, "")
    .replace(/^::ffff:(?=\d+\.)/, "");
  return isIP(address) === 0 ? "" : address;
}

/** The first four groups, written out. */
function prefixOf(address: string): string {
  const [head = "", tail = ""] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === "" ? [] : tail.split(":");
  const gap = address.includes("::") ? Math.max(0, 8 - left.length - right.length) : 0;
  const groups = [...left, ...Array.from({ length: gap }, () => "0"), ...right].slice(0, 4);
  return groups.map((group) => group.replace(/^0+(?=.)/, "")).join(":");
}

function socketAddress(env: unknown): string {
  const address = member(member(member(env, "incoming"), "socket"), "remoteAddress");
  return typeof address === "string" ? address : "";
}

function member(of: unknown, name: string): unknown {
  return typeof of === "object" && of !== null ? Reflect.get(of, name) : undefined;
}
