#!/usr/bin/env python3
"""The words of the pages: PART.LANG.po files (ar, fr, en; zgh may be absent) become one table in C.

    wordsgen.py table OUT.c OUT.json PO...     the table, and what the check needs to know of it
    wordsgen.py check WORDS.json STAMP FILE... that templates and C name only words that exist, with the right holes

A msgid is a key ("dossier.filed"); the sentence has named holes ("{name}"). A plural names in msgid_plural the hole
that counts; its forms stand in CLDR's order: ar zero one two few many other, fr one many other, en one other.
The build fails when ar, fr or en lacks a word, a form or a hole. A fault ends with file:line and one sentence.
"""

import json
import pathlib
import re
import sys

LANGS = ("ar", "fr", "en", "zgh")
COMPLETE = ("ar", "fr", "en")
FORMS = {"ar": 6, "fr": 3, "en": 2, "zgh": 2}
KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
HOLE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class Fault(Exception):
    def __init__(self, at, sentence):
        super().__init__(f"{at}: {sentence}")


class Word:
    def __init__(self, at, key):
        self.at, self.key, self.plural, self.forms = at, key, None, {}


def unquote(at, quoted):
    match = re.fullmatch(r'"((?:[^"\\]|\\.)*)"', quoted.strip())
    if not match:
        raise Fault(at, "a text stands between double quotes")
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m.group(1), m.group(1)), match.group(1))


def read_po(path):
    """The words of one file, header left out."""
    words, word, field = [], None, None
    for number, line in enumerate(pathlib.Path(path).read_text(encoding="utf-8").splitlines(), 1):
        at = f"{path}:{number}"
        line = line.strip()
        if line.startswith("#,") and "fuzzy" in line:
            raise Fault(at, "a fuzzy translation is none")
        if not line or line.startswith("#"):
            continue
        match = re.fullmatch(r'(msgid_plural|msgid|msgstr(?:\[(\d)\])?)?\s*(".*")', line)
        if not match:
            raise Fault(at, f"not understood: {line}")
        name, index, text = match.group(1), match.group(2), unquote(at, match.group(3))
        if name == "msgid":
            word = Word(at, text)
            words.append(word)
            field = "key"
        elif name == "msgid_plural":
            word.plural, field = text, "plural"
        elif name is not None:
            field = int(index or 0)
            if field in word.forms:
                raise Fault(at, f"{word.key} has this form twice")
            word.forms[field] = text
        elif field == "key":
            word.key += text
        elif field == "plural":
            word.plural += text
        else:
            word.forms[field] += text
    return [word for word in words if word.key]


def check_word(word, lang):
    if not KEY.fullmatch(word.key):
        raise Fault(word.at, f"{word.key} is no key: lower case words with dots")
    wanted = FORMS[lang] if word.plural else 1
    if sorted(word.forms) != list(range(wanted)) or not all(word.forms.values()):
        raise Fault(word.at, f"{word.key} needs {wanted} form(s) in {lang}, none empty")
    holes = None
    for index in range(wanted):
        text = word.forms[index]
        if "\0" in text or re.search(r"[{}]", HOLE.sub("", text)):
            raise Fault(word.at, f"{word.key}: a brace that is no hole")
        found = set(HOLE.findall(text)) | ({word.plural} if word.plural else set())
        if holes is not None and holes != found:
            raise Fault(word.at, f"{word.key}: its forms have different holes")
        holes = found
    return holes


def read_words(paths):
    """key -> {"plural", "holes", "forms": {lang: [form]}, "at"}; every fault of completeness is one."""
    words, faults = {}, []
    for path in paths:
        match = re.fullmatch(r"[a-z_]+\.(ar|fr|en|zgh)\.po", pathlib.Path(path).name)
        if not match:
            raise Fault(path, "a file of words is named PART.LANG.po")
        lang = match.group(1)
        for word in read_po(path):
            holes = check_word(word, lang)
            known = words.setdefault(
                word.key, {"plural": word.plural, "holes": holes, "forms": {}, "at": word.at}
            )
            if lang in known["forms"]:
                raise Fault(word.at, f"{word.key} stands twice in {lang}")
            if (known["plural"], known["holes"]) != (word.plural, holes):
                raise Fault(word.at, f"{word.key} has other holes than at {known['at']}")
            known["forms"][lang] = [word.forms[i] for i in range(len(word.forms))]
    for key, word in sorted(words.items()):
        missing = [lang for lang in COMPLETE if lang not in word["forms"]]
        if missing:
            faults.append(f"{word['at']}: {key} is missing in {', '.join(missing)}")
    if faults:
        raise Fault("words", "incomplete\n" + "\n".join(faults))
    return words


def fnv(text):
    value = 2166136261
    for byte in text.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


def c_string(text):
    out = []
    for byte in text.encode():
        char = chr(byte)
        out.append("\\" + char if char in '"\\' else char if 32 <= byte < 127 and char != "?" else f"\\{byte:03o}")
    return '"' + "".join(out) + '"'


def write_table(words, out):
    keys = sorted(words)
    size = 64
    while size < len(keys) * 2:
        size *= 2
    slots = [0] * size
    blob, offset, rows = [], 1, []

    def put(text):
        nonlocal offset
        blob.append(f"    {c_string(text)} " + '"\\0"')
        offset += len(text.encode()) + 1
        return offset - len(text.encode()) - 1

    for index, key in enumerate(keys):
        slot = fnv(key) & (size - 1)
        while slots[slot]:
            slot = (slot + 1) & (size - 1)
        slots[slot] = index + 1
        word = words[key]
        at = [put(key), put(word["plural"]) if word["plural"] else 0]
        for lang in LANGS:
            places = [put(form) for form in word["forms"].get(lang, [])]
            at.append(places[0] if places else 0)
        rows.append(f"    {{{at[0]}, {at[1]}, {{{', '.join(map(str, at[2:]))}}}}},")
    missing = sum("zgh" not in word["forms"] for word in words.values())
    lines = [
        "/* Written by tools/wordsgen.py. */",
        '#include "web/words_table.h"',
        "",
        f"const uint32_t words_slots_mask = {size - 1};",
        f"const uint16_t words_slots[{size}] = {{{', '.join(map(str, slots))}}};",
        "const struct words_row words_rows[] = {",
        *rows,
        "};",
        f"const size_t words_count = {len(keys)};",
        'const char words_bytes[] = "\\0"',
        *blob,
        "    ;",
        "",
    ]
    pathlib.Path(out).write_text("\n".join(lines), encoding="utf-8")
    print(f"words: {len(keys)} in ar, fr, en; zgh lacks {missing}")


def check_files(words, paths):
    """Templates: {{w:key hole=...}}. C: WORD("key")."""
    for path in paths:
        text = pathlib.Path(path).read_text(encoding="utf-8")
        for match in re.finditer(r"\{\{w:([^}\s]+)([^}]*)\}\}|WORD\(\"([^\"]*)\"\)", text):
            at = f"{path}:{text.count(chr(10), 0, match.start()) + 1}"
            key = match.group(1) or match.group(3)
            if key not in words:
                raise Fault(at, f"the word {key} does not exist")
            if match.group(1):
                holes = set(re.findall(r"([a-z0-9_]+)=", match.group(2)))
                if holes != set(words[key]["holes"]):
                    raise Fault(at, f"{key} has the holes {sorted(words[key]['holes'])}, not {sorted(holes)}")


def main(args):
    if args[0] == "table":
        words = read_words(args[3:])
        write_table(words, args[1])
        known = {key: {"plural": word["plural"], "holes": sorted(word["holes"])} for key, word in words.items()}
        pathlib.Path(args[2]).write_text(json.dumps(known, sort_keys=True, indent=0), encoding="utf-8")
    elif args[0] == "check":
        check_files(json.loads(pathlib.Path(args[1]).read_text(encoding="utf-8")), args[3:])
        pathlib.Path(args[2]).write_text("fine\n")
    else:
        raise Fault(args[0], "table or check")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Fault as fault:
        sys.exit(str(fault))
