"""The text of SQL as sqlgen.py sees it: tokens, engines, placeholders, and what may not be said.

The rules and their reasons: docs/sql-we-allow.md."""

import re

ENGINES = ("sqlite", "postgres")

TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<comment>--[^\n]*|/\*.*?\*/)|(?P<string>'(?:[^']|'')*')|(?P<quoted>\"[^\"]*\")|(?P<cast>::)"
    r"|(?P<param>:[a-z][a-z0-9_]*)|(?P<number>\d+(?:\.\d+)?)|(?P<word>[A-Za-z_][A-Za-z0-9_]*)|(?P<other>.)",
    re.DOTALL,
)

# What one engine lacks or the other means differently. A statement with its own text for an engine may say it.
CLOCK, CHANCE, COUNTER = "clocks are the program's", "chance is the program's", "ids come from counter_next"
DOUBLE, TRANSACTION = "no double near money, law or dates", "the store begins and ends transactions"
BANNED_CALLS = {
    "IFNULL": "say coalesce",
    "AVG": DOUBLE,
    "TOTAL": DOUBLE,
    "GROUP_CONCAT": "PostgreSQL has none",
    "STRING_AGG": "SQLite has none before 3.44 and orders differently",
    "STRFTIME": CLOCK,
    "DATETIME": CLOCK,
    "JULIANDAY": CLOCK,
    "NOW": CLOCK,
    "RANDOM": CHANCE,
    "RANDOMBLOB": CHANCE,
    "LAST_INSERT_ROWID": COUNTER,
    "NEXTVAL": COUNTER,
}
BANNED = {
    "GLOB": "PostgreSQL has none",
    "ILIKE": "SQLite has none; search folded text",
    "CURRENT_TIMESTAMP": CLOCK,
    "CURRENT_DATE": CLOCK,
    "CURRENT_TIME": CLOCK,
    "ROWID": "tables name their key",
    "REAL": DOUBLE,
    "AUTOINCREMENT": COUNTER,
    "SERIAL": COUNTER,
    "BOOLEAN": "say INTEGER, 0 or 1",
    "TRUE": "say 1",
    "FALSE": "say 0",
    "DEFERRABLE": "one job's fault would fail the whole batch at its commit",
    "PRAGMA": "only the store sets the engine",
    "ATTACH": "one database",
    "BEGIN": TRANSACTION,
    "COMMIT": TRANSACTION,
    "ROLLBACK": TRANSACTION,
    "SAVEPOINT": TRANSACTION,
}
BANNED_TYPES = set(
    "INT BIGINT SMALLINT BYTEA VARCHAR CHAR NUMERIC DECIMAL DOUBLE FLOAT ANY DATE TIMESTAMP JSON JSONB UUID".split()
)
WRITES = ("INSERT", "UPDATE", "DELETE")


class Fault(Exception):
    def __init__(self, at, message):
        super().__init__(message)
        self.at, self.message = at, message


class Facts:
    """What the tokens of a statement tell: whether it writes, and its outermost LIMIT."""

    def __init__(self, writes, limit):
        self.writes, self.limit = writes, limit


def joined(lines):
    return " ".join(lines)


def c_string(text):
    """A C string literal, one line of SQL a line."""
    lines = [line.replace("\\", "\\\\").replace('"', '\\"') for line in text.split("\n")]
    return "\n        ".join([f'"{line}\\n"' for line in lines[:-1]] + [f'"{lines[-1]}"'])


def split_engines(at, lines):
    """{engine: lines}, by the lines "-- engine: NAME"; without any, both share the text, else "own" is true."""
    parts, current = {}, None
    common = []
    for number, text in lines:
        mark = re.fullmatch(r"-- engine: *(\w+)", text)
        if mark:
            current = mark.group(1)
            if current not in ENGINES or current in parts:
                raise Fault(at, f"engine {current} is unknown or stands twice")
            parts[current] = []
        elif current is None:
            common.append((number, text))
        else:
            parts[current].append((number, text))
    if not parts:
        return {engine: common for engine in ENGINES}
    if any(text.strip() and not text.lstrip().startswith("--") for _, text in common):
        raise Fault(at, "text before the first -- engine:")
    return {**parts, "own": True}


def tokens(lines):
    """[(kind, text)] without comments; white space is kept, so that errors of an engine show the lines as written."""
    found = [(match.lastgroup, match.group()) for match in TOKEN.finditer("\n".join(text for _, text in lines).strip())]
    return [(kind, text) for kind, text in found if kind != "comment"]


def statement_checks(at, name, words, own_text):
    """Refuses what docs/sql-we-allow.md does not allow; answers the facts."""
    plain = [(kind, text) for kind, text in words if kind != "space"]
    upper = [text.upper() if kind == "word" else text for kind, text in plain]
    if not plain or upper[0] not in ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"):
        raise Fault(at, f"{name} is not a SELECT, INSERT, UPDATE, DELETE or WITH")
    if ";" in upper:
        raise Fault(at, f"{name}: one statement, without a semicolon")
    depth, limit = 0, None
    for index, ((kind, text), word) in enumerate(zip(plain, upper)):
        depth += {"(": 1, ")": -1}.get(text, 0)
        if kind == "word" and word == "LIMIT" and depth == 0 and index + 1 < len(plain):
            limit = plain[index + 1][1].lstrip(":") if plain[index + 1][0] in ("number", "param") else None
        if own_text:
            continue
        if kind == "word" and word in BANNED:
            raise Fault(at, f"{name} says {text}: {BANNED[word]}")
        if kind == "word" and word in BANNED_CALLS and upper[index + 1 : index + 2] == ["("]:
            raise Fault(at, f"{name} calls {text}: {BANNED_CALLS[word]}")
        if kind == "cast":
            raise Fault(at, f"{name} says :: , which SQLite lacks: say CAST(... AS ...)")
        if word == "OR" and index > 0 and upper[index - 1] in ("INSERT", "UPDATE"):
            raise Fault(at, f"{name} says {upper[index - 1]} OR: say ON CONFLICT")
        if kind == "quoted":
            raise Fault(at, f"{name} quotes {text}: choose a name that needs no quotes")
        if kind == "number" and "." in text:
            raise Fault(at, f"{name} says {text}: no double near money, law or dates")
    writes = upper[0] in WRITES or (upper[0] == "WITH" and any(word in WRITES for word in upper))
    return Facts(writes, limit)


def placeholders(at, name, words, params, engine):
    """The text with ?N or $N for each :param; each must be declared and used."""
    used, out = set(), []
    for kind, text in words:
        if kind == "param":
            param = text[1:]
            if param not in params:
                raise Fault(at, f"{name} uses :{param}, which -- in: does not declare")
            used.add(param)
            text = ("?" if engine == "sqlite" else "$") + str(params.index(param) + 1)
        out.append(text)
    for param in params:
        if param not in used:
            raise Fault(at, f"{name} never uses :{param} ({engine})")
    return "\n".join(line.rstrip() for line in "".join(out).split("\n") if line.strip())


def schema_for_postgres(at, lines):
    """{engine: text} of a migration. Its lines are for both engines but for those behind "-- engine: NAME", until the
    next "-- engine:"; "-- engine: both" returns to both."""
    text = {engine: [] for engine in ENGINES}
    run, engines = [], ENGINES

    def flush():
        if engines is ENGINES:
            common = schema_common(at, run)
            for engine in ENGINES:
                text[engine].append(common[engine])
        else:
            text[engines[0]].append("\n".join(line for _, line in run).strip())

    for number, line in lines:
        mark = re.fullmatch(r"-- engine: *(\w+)", line)
        if mark:
            flush()
            run = []
            if mark.group(1) != "both" and mark.group(1) not in ENGINES:
                raise Fault(at, f"engine {mark.group(1)} is unknown")
            engines = ENGINES if mark.group(1) == "both" else (mark.group(1),)
        else:
            run.append((number, line))
    flush()
    return {engine: "\n".join(part for part in parts if part) for engine, parts in text.items()}


def schema_common(at, lines):
    """Common text of a migration, written in SQLite's STRICT terms, for each engine."""
    sqlite, postgres, statement = [], [], []
    for kind, text in tokens(lines) + [("other", ";")]:
        statement.append((kind, text))
        if text != ";" or kind != "other":
            continue
        plain = [t.upper() if k == "word" else t for k, t in statement if k != "space"]
        if plain != [";"]:
            schema_checks(at, statement, plain)
            sqlite.append("".join(t for _, t in statement).strip())
            postgres.append(to_postgres(statement).strip())
        statement = []
    tidy = lambda parts: "\n".join(line.rstrip() for part in parts for line in part.split("\n") if line.strip())
    return {"sqlite": tidy(sqlite), "postgres": tidy(postgres)}


def schema_checks(at, statement, plain):
    start = " ".join(plain[:3])
    before = ""
    for kind, text in [(kind, text) for kind, text in statement if kind != "space"]:
        word, last, before = text.upper(), before, text.upper()
        if kind == "word" and (word in BANNED or word in BANNED_TYPES) and (last, word) != ("WITHOUT", "ROWID"):
            raise Fault(at, f"{start} says {text}: {BANNED.get(word, 'types are INTEGER, TEXT and BLOB')}")
        if kind in ("quoted", "cast", "param"):
            raise Fault(at, f"{start} says {text}: put it between -- engine: lines")
        if word == "COLLATE":
            raise Fault(at, f"{start} says COLLATE: both engines compare bytes")
    if plain[:2] == ["CREATE", "TABLE"] and ")" in plain:
        tail = plain[len(plain) - plain[::-1].index(")") :]
        if "STRICT" not in tail:
            raise Fault(at, f"{start} is not STRICT")
    elif plain[0] not in ("CREATE", "ALTER", "INSERT", "UPDATE", "DELETE", "DROP"):
        raise Fault(at, f"{start}: not a statement of a migration")


def to_postgres(statement):
    """INTEGER -> BIGINT, BLOB -> BYTEA, TEXT compared by bytes as in SQLite; no STRICT, no WITHOUT ROWID."""
    words = [(i, t.upper()) for i, (k, t) in enumerate(statement) if k != "space"]
    position = {index: place for place, (index, _) in enumerate(words)}
    creates_table = [w for _, w in words[:2]] == ["CREATE", "TABLE"]
    end = max((i for i, w in words if w == ")"), default=-1) if creates_table else len(statement)
    out = []
    for index, (kind, text) in enumerate(statement):
        word = text.upper()
        if index > end and text != ";":
            continue  # the options of a table: STRICT, WITHOUT ROWID
        if kind == "word" and word == "INTEGER":
            text = "BIGINT"
        elif kind == "word" and word == "BLOB":
            text = "BYTEA"
        elif kind == "word" and word == "TEXT" and words[position[index] - 1][1] != "AS":
            text = 'TEXT COLLATE "C"'
        out.append(text)
    return "".join(out)
