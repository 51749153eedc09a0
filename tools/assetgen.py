#!/usr/bin/env python3
"""Static files compiled in, each at an address that holds its hash, so that browsers may keep it for ever.

    assetgen.py OUT.c FILE...

In a style sheet asset("NAME") becomes the address of another file of the list. Each is also kept compressed.
"""

import gzip
import hashlib
import pathlib
import re
import sys

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain; charset=utf-8",
}


class Fault(Exception):
    pass


def c_bytes(data):
    lines = []
    for at in range(0, len(data), 2000):
        piece = data[at:at + 2000]
        lines.append('    "' + "".join(
            chr(b) if 32 <= b < 127 and chr(b) not in '"\\?' else f"\\{b:03o}" for b in piece) + '"')
    return "\n".join(lines) if lines else '    ""'


def address(name, data):
    return f"/static/{hashlib.sha256(data).hexdigest()[:16]}/{name}"


def read_all(paths):
    """name -> bytes, style sheets last as they name the others."""
    files = {pathlib.Path(path).name: pathlib.Path(path).read_bytes() for path in paths}
    if len(files) != len(paths):
        raise Fault("two files have one name")
    for name in files:
        if pathlib.Path(name).suffix not in TYPES:
            raise Fault(f"{name}: of what type is it?")

    def replace(match):
        other = match.group(1).decode()
        if other not in files or other.endswith(".css"):
            raise Fault(f'asset("{other}") is no file of the list')
        return f'url("{address(other, files[other])}")'.encode()

    for name in files:
        if name.endswith(".css"):
            files[name] = re.sub(rb'asset\("([^"]*)"\)', replace, files[name])
    return files


def source(files):
    out = ["/* Written by tools/assetgen.py. */", '#include "web/asset.h"', ""]
    rows = []
    for index, (name, data) in enumerate(sorted(files.items())):
        packed = gzip.compress(data, 9, mtime=0)
        packed = packed if len(packed) < len(data) * 9 // 10 else b""
        out.append(f"static const char file_{index}[] =\n{c_bytes(data)};")
        out.append(f"static const char packed_{index}[] =\n{c_bytes(packed)};")
        rows.append(
            f'    {{TEXT_INIT("{name}"), TEXT_INIT("{address(name, data)}"), '
            f'TEXT_INIT("{TYPES[pathlib.Path(name).suffix]}"), '
            f'TEXT_INIT("\\"{hashlib.sha256(data).hexdigest()[:16]}\\""), '
            f"{{file_{index}, {len(data)}}}, {{packed_{index}, {len(packed)}}}}},"
        )
    out += ["const struct asset assets[] = {", *rows, "};", f"const size_t assets_count = {len(files)};", ""]
    return "\n".join(out)


if __name__ == "__main__":
    try:
        pathlib.Path(sys.argv[1]).write_text(source(read_all(sys.argv[2:])), encoding="utf-8")
    except Fault as fault:
        sys.exit(str(fault))
