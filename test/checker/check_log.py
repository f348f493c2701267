#!/usr/bin/env python3
"""Checks a C2SP tlog-tiles log, sharing no code with the program that wrote it.

    check_log.py DIR|URL VKEY                       every entry, every tile, the root, the signature
    check_log.py DIR|URL VKEY --extends CHECKPOINT  the same, and that an earlier signed checkpoint is a beginning of the log
    check_log.py --receipt FILE VKEY                one leaf, from its C2SP tlog-proof file alone

Written from the specifications: RFC 6962 section 2.1, RFC 8032 section 5.1, c2sp.org/tlog-tiles, signed-note, tlog-proof.
Python 3 and its standard library only. Exit code 0: it holds; 1: it does not, and the last line says what is wrong.
"""
import base64
import hashlib
import os
import sys
import urllib.error
import urllib.request

# Ed25519, RFC 8032: enough to verify.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if x2 == 0:
        return None if sign else 0
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * SQRT_M1 % P
    if (x * x - x2) % P:
        return None
    return P - x if x & 1 != sign else x


def point(encoded):
    number = int.from_bytes(encoded, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(scalar, p):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, p)
        p, scalar = add(p, p), scalar >> 1
    return result


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def is_signature(public, message, signature):
    a, r = point(public), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = times(s, BASE), add(r, times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


class Wrong(Exception):
    pass


def leaf_hash(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes):
    """RFC 6962 section 2.1, from the leaves up: a row at a time, an odd one out is carried."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[i], row[i + 1]) if i + 1 < len(row) else row[i] for i in range(0, len(row), 2)]
    return row[0]


def open_note(note, vkey):
    """The size and root of a checkpoint that this key signed."""
    name, key_id, key = vkey.strip().split("+", 2)
    key = base64.b64decode(key, validate=True)
    if key[0] != 1 or hashlib.sha256(name.encode() + b"\n" + key).digest()[:4].hex() != key_id:
        raise Wrong("the key is not what it says")
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"
    for line in signatures.rstrip("\n").split("\n"):
        parts = line.split(" ")
        if len(parts) == 3 and parts[0] == "\u2014" and parts[1] == name:
            signature = base64.b64decode(parts[2], validate=True)
            if signature[:4].hex() == key_id and is_signature(key[1:], text.encode(), signature[4:]):
                break
    else:
        raise Wrong("the checkpoint is not signed by the key")
    origin, size, root = text.split("\n")[:3]
    return origin, int(size), base64.b64decode(root, validate=True)


def read(place, path):
    try:
        if place.startswith(("http://", "https://")):
            with urllib.request.urlopen(place.rstrip("/") + "/" + path, timeout=30) as answer:
                return answer.read()
        with open(os.path.join(place, path), "rb") as file:
            return file.read()
    except (OSError, urllib.error.URLError):
        raise Wrong("missing: " + path) from None


def tile_path(level, index, width):
    groups = ["%03d" % (index % 1000)]
    while index >= 1000:
        index //= 1000
        groups.insert(0, "x%03d" % (index % 1000))
    return "tile/%s/%s%s" % (level, "/".join(groups), "" if width == 256 else ".p/%d" % width)


def entries_in(bundle):
    entries, at = [], 0
    while at < len(bundle):
        end = at + 2 + int.from_bytes(bundle[at : at + 2], "big")
        if end > len(bundle):
            raise Wrong("a bundle of entries ends in the middle of one")
        entries.append(bundle[at + 2 : end])
        at = end
    return entries


def check_log(place, vkey, earlier=None):
    origin, size, root = open_note(read(place, "checkpoint").decode(), vkey)
    leaves = []
    for index in range((size + 255) // 256):
        width = min(256, size - 256 * index)
        entries = entries_in(read(place, tile_path("entries", index, width)))
        hashes = read(place, tile_path(0, index, width))
        if len(hashes) != 32 * width:
            raise Wrong("a tile has not the width it should: " + tile_path(0, index, width))
        for i, entry in enumerate(entries):
            if leaf_hash(entry) != hashes[32 * i : 32 * i + 32]:
                raise Wrong("leaf %d: the entry does not hash to its leaf" % (256 * index + i))
            leaves.append(leaf_hash(entry))
        if len(entries) != width:
            raise Wrong("leaf %d: an entry is missing or too many" % (256 * index + min(len(entries), width)))
    level, row = 1, [root_of(leaves[i : i + 256]) for i in range(0, size - size % 256, 256)]
    while row:
        for index in range((len(row) + 255) // 256):
            part = row[256 * index : 256 * index + 256]
            if read(place, tile_path(level, index, len(part))) != b"".join(part):
                raise Wrong("a tile does not agree with the one below it: " + tile_path(level, index, len(part)))
        level, row = level + 1, [root_of(row[i : i + 256]) for i in range(0, len(row) - len(row) % 256, 256)]
    if root_of(leaves) != root:
        raise Wrong("the hashes do not lead to the signed root")
    if earlier is not None:
        _, old_size, old_root = open_note(earlier, vkey)
        if old_size > size or root_of(leaves[:old_size]) != old_root:
            raise Wrong("history changed: the earlier checkpoint of %d leaves is no beginning of this log" % old_size)
    return "%s: %d leaves hold" % (origin, size)


def check_receipt(text, vkey):
    head, _, checkpoint = text.partition("\n\n")
    first, extra, index, *proof = head.split("\n")
    if first != "c2sp.org/tlog-proof@v1" or not extra.startswith("extra ") or not index.startswith("index "):
        raise Wrong("not a receipt of ours")
    origin, size, root = open_note(checkpoint, vkey)
    entry, number = base64.b64decode(extra[6:], validate=True), int(index[6:])
    hash, node, last = leaf_hash(entry), number, size - 1
    for line in proof:  # RFC 9162 section 2.1.3.2
        sibling = base64.b64decode(line, validate=True)
        if last == 0:
            raise Wrong("the proof is too long")
        if node & 1 or node == last:
            hash = node_hash(sibling, hash)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            hash = node_hash(hash, sibling)
        node, last = node >> 1, last >> 1
    if number >= size or last or hash != root:
        raise Wrong("the proof does not lead to the signed root")
    return "%s: leaf %d of %d holds: %s" % (origin, number, size, entry.decode())


def main(words):
    try:
        if len(words) == 3 and words[0] == "--receipt":
            print(check_receipt(open(words[1], encoding="utf-8").read(), words[2]))
        elif len(words) == 2 or (len(words) == 4 and words[2] == "--extends"):
            print(check_log(words[0], words[1], open(words[3], encoding="utf-8").read() if len(words) == 4 else None))
        else:
            sys.exit(__doc__)
    except (Wrong, ValueError) as wrong:
        print("does not hold: %s" % wrong)
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
