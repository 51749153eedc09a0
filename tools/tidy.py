"""Checks what a machine can of the house's rules (CONTRIBUTING.md): tools/tidy [FILE...]

Each rule is a function over one file and has its name in RULES and a test in tidy_test.py that shows it fail. A line
may break a rule with a comment on it, or just above it, that says why: tidy: RULE: reason. The rules of whole files
(size, contract) take that comment anywhere in the file."""

import collections
import pathlib
import re
import subprocess
import sys
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Includes only go down.
LEVELS = (
    ("base",),
    ("law", "store", "tlog", "http"),
    ("acts",),
    ("access",),
    ("registry",),
    ("office",),
    ("fund", "boxoffice", "treaty", "chamber", "inspection"),
    ("web",),
    ("app",),
)
LEVEL = {module: level for level, modules in enumerate(LEVELS) for module in modules}

# Name or start of a name -> the one module that may call it (None: nobody), and what to use instead.
BANNED = (
    (r"(?:strcpy|strcat|strncpy|strncat|sprintf|vsprintf|gets)", None, "text.h and buf.h know lengths"),
    (r"(?:atoi|atol|atoll|atof|strtok|sscanf|scanf|fscanf)", None, "text_to_int64() and text_split() tell failure"),
    (r"(?:localtime|gmtime|mktime|localtime_r|gmtime_r|strftime)", None, "date.h and legal_time.h"),
    (r"(?:rand|srand|random|rand_r|drand48)", None, "ctx->world"),
    (r"(?:malloc|calloc|realloc|free|strdup|strndup|asprintf)", "base", "arena.h"),
    (r"(?:time|gettimeofday)", "app", "ctx->world"),
    (r"(?:getenv|secure_getenv|setenv|getrandom)", "app", "only app looks at the environment"),
    (r"randombytes\w*", "app", "ctx->world"),
    (r"sqlite3_\w+", "store", "store.h and .sql files"),
    (r"PQ[a-z]\w+", "store", "store.h and .sql files"),
    (r"MHD_\w+", "http", "http.h"),
    (r"crypto_sign\w*", "tlog", "the signer signs"),
)
FILE_LINES_MAX = {".c": 500, ".h": 150}
FUNCTION_LINES_MAX = 60
PARAMETERS_MAX = 5
# A parameter that is no question of its own: the world, the count of what stands beside it.
NOT_COUNTED = r"\bstruct (ctx|arena) \*|\.\.\.|\bint argc\b|\b(ret_)?\w*count\b|\bret_fault\b"
COLUMNS_MAX = 120
SQL_COLUMNS_MAX = 140  # lists of columns
# Money, law and dates are exact; drawing is not.
EXACT_MODULES = ("base", "law", "store", "tlog", "acts", "registry", "fund", "boxoffice")

TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
WAIVER = re.compile(r"tidy: (\w+): \w")
NORM = re.compile(r"(?<![\w./-])(\d+\.\d+(?:\.\d+)?|MA-SY-2001|UMA-1994|CMPF)/(\d+(?:/[0-9a-z][0-9a-z.]*)?)(?![\w/])")

Fault = collections.namedtuple("Fault", "path line rule message")


class File:
    """One file: its text, and for C its code (comments and strings blanked) and its words (all but code blanked)."""

    def __init__(self, path, text):
        self.path = path
        self.text = text
        self.lines = text.splitlines()
        self.is_c = path.endswith((".c", ".h"))
        parts = path.split("/")
        self.module = parts[1] if parts[0] == "src" and len(parts) > 2 else None
        self.code = TOKEN.sub(lambda m: blank(m.group()), text) if self.is_c else text
        self.waived = collections.defaultdict(set)
        for number, line in enumerate(self.lines, 1):
            for rule in WAIVER.findall(line):
                self.waived[rule] |= {number, number + 1}

    def line_of(self, offset):
        return self.text.count("\n", 0, offset) + 1


def blank(text):
    return re.sub(r"[^\n]", " ", text)


def arrows(file, law):
    """Includes only go down: app > web > ... > base."""
    if file.module is None or not file.is_c:
        return
    if file.module not in LEVEL:
        yield 1, f"src/{file.module} is no module of the house"
        return
    for match in re.finditer(r'^#include "(?:([^/"]+)/)?[^"]+"', file.text, re.M):
        to, line = match.group(1), file.line_of(match.start())
        if to is None:
            yield line, "an include of ours names its module: \"module/file.h\""
        elif to not in LEVEL:
            yield line, f"{to} is no module of the house"
        elif to != file.module and LEVEL[to] >= LEVEL[file.module]:
            yield line, f"arrow {file.module} -> {to} does not go down"


def banned(file, law):
    """Functions that the house does not call, or only one module does."""
    if file.module is None or not file.is_c:
        return
    for pattern, owner, instead in BANNED:
        if file.module == owner:
            continue
        for match in re.finditer(r"(?<![\w.>])(" + pattern + r")\s*\(", file.code):
            who = "nobody" if owner is None else f"only {owner}"
            yield file.line_of(match.start()), f"{who} calls {match.group(1)}(): {instead}"
    if file.module != "app":
        for match in re.finditer(r"\bclock_gettime\(\s*(?!CLOCK_MONOTONIC)", file.code):
            yield file.line_of(match.start()), "only app asks what time it is: ctx->world"


def exact(file, law):
    """No double near money, law and dates."""
    if file.module in EXACT_MODULES and file.is_c:
        for match in re.finditer(r"\b(double|float)\b", file.code):
            yield file.line_of(match.start()), f"{match.group(1)} in {file.module}: numbers are exact there"


def sql(file, law):
    """SQL stands in .sql files."""
    if file.module in (None, "store") or not file.is_c:
        return
    for match in re.finditer(r'"\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE) ', file.text):
        yield file.line_of(match.start()), "SQL stands in a .sql file beside its caller"


def size(file, law):
    """Files of 500 lines, headers of 150."""
    most = FILE_LINES_MAX.get(pathlib.PurePath(file.path).suffix)
    if most is not None and len(file.lines) > most:
        yield 0, f"{len(file.lines)} lines, {most} at most"


def functions(file, law):
    """Functions of 60 lines and 5 parameters beside ctx, or what stands in its place."""
    if not file.is_c:
        return
    lines = file.code.splitlines()
    begin = name = None
    for number, line in enumerate(lines, 1):
        if line.startswith("{"):
            begin, name = number, name_line(lines, number)
            count = parameters(" ".join(lines[name - 1 : number - 1])) if name else 0
            if count > PARAMETERS_MAX:
                message = f"{count} parameters, {PARAMETERS_MAX} at most beside ctx: make a struct of them"
                yield name - 1, message
        elif line.startswith("}") and begin is not None:
            if number - begin - 1 > FUNCTION_LINES_MAX:
                yield (name or begin) - 1, f"a function of {number - begin - 1} lines, {FUNCTION_LINES_MAX} at most"
            begin = None


def name_line(lines, brace):
    """The line above a function's brace where its name stands; its type is on the line before."""
    for number in range(brace - 1, max(0, brace - 10), -1):
        if re.match(r"\w+\(", lines[number - 1]):
            return number
    return None


def parameters(signature):
    inside = signature.partition("(")[2].rpartition(")")[0]
    depth, names = 0, [""]
    for letter in inside:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            names.append("")
        else:
            names[-1] += letter
    if re.search(r"\bstruct \w+ \*", names[0]):
        names = names[1:]  # what the function works on stands where ctx does
    return sum(1 for name in names if not re.search(NOT_COUNTED, name))


def columns(file, law):
    """Lines of 120 columns, 140 in SQL."""
    if not file.path.endswith((".c", ".h", ".sql", ".py")) or file.path.startswith("schema/"):
        return
    most = SQL_COLUMNS_MAX if file.path.endswith(".sql") else COLUMNS_MAX
    for number, line in enumerate(file.lines, 1):
        width = sum(1 for letter in line if not unicodedata.combining(letter))
        if width > most:
            yield number, f"{width} columns, {most} at most"


def typedefs(file, law):
    """Structs have no second name."""
    if file.is_c:
        for match in re.finditer(r"\btypedef\s+(struct|union|enum)\b", file.code):
            yield file.line_of(match.start()), f"a {match.group(1)} is called by its name: no typedef"


def contract(file, law):
    """A header opens with its contract and has its guard."""
    if not file.path.endswith(".h"):
        return
    if not file.text.startswith("/*"):
        yield 0, "a header opens with a comment: its purpose, whose memory, its errors"
    if file.module is not None:
        guard = "_".join((file.module, pathlib.PurePath(file.path).stem, "H")).upper()
        stem = pathlib.PurePath(file.path).stem.upper() + "_H"
        if f"#ifndef {guard}\n" not in file.text and f"#ifndef {stem}\n" not in file.text:
            yield 0, f"the guard is {guard}"


def own_header(file, law):
    """A .c file begins with the header it fulfils: so each header is known to stand alone."""
    if file.module is None or not file.path.endswith(".c"):
        return
    own = file.path[len("src/") : -2] + ".h"
    if own not in law.headers:
        return
    match = re.search(r"^#include [<\"]([^>\"]+)[>\"]", file.text, re.M)
    if match is None or match.group(1) != own:
        yield file.line_of(match.start()) if match else 1, f'the first include is "{own}"'


def norms(file, law):
    """Norms cited in src, and in comments of tests, are stated in law/."""
    if not file.is_c and not file.path.endswith((".sql", ".html")):
        return
    if not file.path.startswith(("src/", "tests/", "schema/")):
        return
    text = file.text
    if file.path.startswith("tests/"):
        text = comments(file.text)
    for match in NORM.finditer(text):
        if match.group() not in law.norms:
            yield text.count("\n", 0, match.start()) + 1, f"{match.group()} is not stated in law/"


def comments(text):
    """A C text with all but its comments blanked."""
    parts, at = [], 0
    for match in TOKEN.finditer(text):
        parts.append(blank(text[at : match.start()]))
        parts.append(match.group() if match.group().startswith("/") else blank(match.group()))
        at = match.end()
    return "".join(parts) + blank(text[at:])


def unfinished(file, law):
    """What is not finished is not on main."""
    for match in re.finditer(r"\b(FIX" + r"ME|TO" + r"DO|X" + r"XX)\b", file.text):
        yield file.line_of(match.start()), f"{match.group()}: finish it, or write it in docs/state.md"


def places(file, law):
    """No file of the project knows the machine it was written on."""
    for match in re.finditer(r"(?<![\w.$}/<-])/(?:work|home|root)/\w", file.text):
        yield file.line_of(match.start()), "a path of one machine"


RULES = {
    rule.__name__: rule
    for rule in (
        arrows,
        banned,
        exact,
        sql,
        size,
        functions,
        columns,
        typedefs,
        contract,
        own_header,
        norms,
        unfinished,
        places,
    )
}


class Law:
    """What the rules know beside the file: the norms and articles that law/ states, and the headers of src/."""

    def __init__(self, texts, headers):
        self.norms = set()
        self.headers = headers
        for text in texts:
            of = re.search(r"^(?:of )?text (\S+)", text, re.M)
            if of is None:
                continue
            for kind, name in re.findall(r"^\s*(article|annex|norm) (\S+)", text, re.M):
                self.norms.add(f"{of.group(1)}/{name}")
                if kind == "norm":
                    self.norms.add(f"{of.group(1)}/{name.split('/')[0]}")


def check(files, law):
    """All faults of the files, in their order."""
    faults = []
    for path, text in files:
        file = File(path, text)
        for name, rule in RULES.items():
            for line, message in rule(file, law):
                waived = file.waived[name]
                if line not in waived and not (line == 0 and waived):
                    faults.append(Fault(path, max(line, 1), name, message))
    return faults


def tracked():
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout.decode()
    for name in sorted(filter(None, listed.split("\0"))):
        path = ROOT / name
        if path.is_file() and not path.is_symlink():
            yield name


def read(names):
    for name in names:
        try:
            yield name, (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture, a font, a seed of a fuzz target


def main():
    names = [name for name in tracked() if not name.startswith(("tests/fuzz/seeds/", "LICENSE", "package-lock"))]
    law = Law(
        [text for _, text in read(n for n in names if n.startswith("law/") and n.endswith(".law"))],
        {name[len("src/") :] for name in names if name.startswith("src/") and name.endswith(".h")},
    )
    wanted = sys.argv[1:] or names
    faults = check(read(n for n in names if n in wanted), law)
    for fault in faults:
        print(f"{fault.path}:{fault.line}: {fault.rule}: {fault.message}")
    print(f"tidy: {len(faults)} faults" if faults else "tidy: nothing to say", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
