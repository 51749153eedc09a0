#!/usr/bin/env python3
"""Typed C from SQL: statements (NAME.sql -> NAME.sql.h, NAME.sql.c), the schema, and the list of all statements.

The form of a .sql file and what it may say: docs/sql-we-allow.md. A fault ends with file:line and one sentence.

    sqlgen.py statements SOURCE_ROOT INPUT.sql OUT.h OUT.c
    sqlgen.py schema OUT.c FILE...       migrations, for both engines
    sqlgen.py tables OUT.c FILE...       every table of the migrations, to digest and to empty (store/table.h)
    sqlgen.py registry OUT.c FILE...     every statement, for the test of plans
"""

import hashlib
import pathlib
import re
import sys

from sqltext import ENGINES, Fault, c_string, joined, placeholders, schema_for_postgres, split_engines
from sqltext import statement_checks, tokens

# .sql word -> C type, how it is stored, whether the value itself can say NULL.
TYPES = {
    "int64": ("int64_t", "VALUE_INT", False),
    "bool": ("bool", "VALUE_INT", False),
    "money": ("struct money", "VALUE_INT", False),
    "text": ("struct text", "VALUE_TEXT", True),
    "bytes": ("struct text", "VALUE_BYTES", True),
    "date": ("struct date", "VALUE_TEXT", True),
    "hash": ("struct hash", "VALUE_BYTES", False),
}
ROWS = ("one", "exactly_one", "many", "none", "changed")
KEYS = ("name", "about", "in", "out", "rows", "slow", "engine", "include")
C_WORDS = set(
    "auto break case char const continue default do double else enum extern float for goto if inline int long "
    "register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while "
    "bool columns ctx in ret ret_changed ret_found row values".split()
)
PLAIN_ARGUMENTS_MAX = 2


class Field:
    def __init__(self, name, word, null, at):
        self.name, self.word, self.null = name, word, null
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or name in C_WORDS or name.startswith("has_"):
            raise Fault(at, f"{name} cannot name a C member")
        self.is_id = word.endswith("_id")
        if self.is_id and re.fullmatch(r"[a-z][a-z0-9_]*", word):
            self.c_type, self.stored, self.says_null = f"struct {word}", "VALUE_INT", True
        elif word in TYPES:
            self.c_type, self.stored, self.says_null = TYPES[word]
        else:
            raise Fault(at, f"{word} is not a type: {', '.join(TYPES)} or NAME_id")
        self.companion = null and not self.says_null

    def members(self):
        absent = " /* at NULL when absent */" if self.null and self.word in ("text", "bytes") else ""
        lines = [f"    {self.c_type} {self.name};{absent}"]
        if self.companion:
            lines.append(f"    bool has_{self.name};")
        return lines

    def to_value(self, prefix):
        """The C expression that makes a struct value of the argument."""
        at = prefix + self.name
        or_null = "_or_null" if self.null else ""
        if self.is_id:
            return f"{at}.value == 0 ? value_null() : value_int({at}.value)" if self.null else f"value_int({at}.value)"
        made = {
            "int64": f"value_int({at})",
            "bool": f"value_bool({at})",
            "money": f"value_int({at}.centimes)",
            "text": f"value_text{or_null}({at})",
            "bytes": f"value_bytes{or_null}({at})",
            "date": f"value_date{or_null}(ctx, {at})",
            "hash": f"value_hash(&{at})",
        }[self.word]
        return f"{prefix}has_{self.name} ? {made} : value_null()" if self.companion else made

    def from_column(self, statement, index):
        """The C lines that fill the member from a column."""
        at, column = f"row->{self.name}", f"columns[{index}]"
        lines = [f"    row->has_{self.name} = {column}.type != VALUE_NULL;"] if self.companion else []
        if self.is_id:
            return [f"    {at}.value = {column}.number;"]
        if self.word == "int64":
            return lines + [f"    {at} = {column}.number;"]
        if self.word == "money":
            return lines + [f"    {at}.centimes = {column}.number;"]
        if self.word in ("text", "bytes"):
            return [f"    {at} = column_text(ctx, &{column});"]
        return lines + [
            f"    if (!column_{self.word}(&{column}, &{at})) {{",
            f"        return column_fault(ctx, &statement_{statement}, {index});",
            "    }",
        ]

    def row_of_table(self):
        return f'    {{.name = "{self.name}", .type = {self.stored}, .null = {"true" if self.null else "false"}}},'


class Statement:
    def __init__(self, at, name):
        self.at, self.name = at, name
        self.about, self.slow, self.params, self.columns, self.rows = [], [], [], [], None
        self.body = []  # (line number, text), directives of engines included

    def finish(self):
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.name):
            raise Fault(self.at, f"{self.name}: names are snake_case")
        if not self.about:
            raise Fault(self.at, f"{self.name} has no about")
        if self.rows not in ROWS:
            raise Fault(self.at, f"{self.name}: rows is one of {', '.join(ROWS)}")
        gives_rows = self.rows in ("one", "exactly_one", "many")
        if gives_rows != bool(self.columns):
            raise Fault(self.at, f"{self.name}: rows {self.rows} {'needs' if gives_rows else 'has no'} out")
        for fields in (self.params, self.columns):
            names = [field.name for field in fields]
            for name in names:
                if names.count(name) > 1:
                    raise Fault(self.at, f"{self.name}: {name} twice")
        self.sql, self.limits, self.writes = {}, {}, False
        engines = split_engines(self.at, self.body)
        for engine in ENGINES:
            lines = engines.get(engine, [])
            if not any(text.strip() for _, text in lines):
                raise Fault(self.at, f"{self.name} has no text for {engine}")
            words = tokens(lines)
            facts = statement_checks(self.at, self.name, words, own_text=engines.get("own", False))
            self.writes = self.writes or facts.writes
            self.sql[engine] = placeholders(self.at, self.name, words, [field.name for field in self.params], engine)
            if self.rows == "many":
                if facts.limit is None:
                    raise Fault(self.at, f"{self.name}: many rows need a LIMIT, a number or a parameter, at the end")
                self.limits[engine] = facts.limit
        by_name = {limit for limit in self.limits.values() if not limit.isdigit()}
        whole = [field.name for field in self.params if field.word == "int64" and not field.null]
        if len(by_name) > 1 or not by_name <= set(whole):
            raise Fault(self.at, f"{self.name}: one LIMIT for both engines, an int64 that is not null")
        return self

    def plain(self):
        return len(self.params) <= PLAIN_ARGUMENTS_MAX and not any(field.companion for field in self.params)

    def prototype(self):
        arguments = ["struct ctx *ctx"]
        if self.plain():
            arguments += [f"{field.c_type} {field.name}" for field in self.params]
        else:
            arguments.append(f"const struct {self.name}_in *in")
        if self.rows == "one":
            arguments += [f"struct {self.name}_row *ret", "bool *ret_found"]
        elif self.rows == "exactly_one":
            arguments.append(f"struct {self.name}_row *ret")
        elif self.rows == "many":
            arguments.append(f"struct {self.name}_rows *ret")
        elif self.rows == "changed":
            arguments.append("int64_t *ret_changed")
        return f"{self.name}({', '.join(arguments)})"


class At:
    def __init__(self, file, line):
        self.file, self.line = file, line


def fields(text, at):
    """The fields of "-- in:" and "-- out:"."""
    found = []
    for part in text.split(","):
        words = part.split()
        if len(words) not in (2, 3) or (len(words) == 3 and words[2] != "null"):
            raise Fault(at, f'"{part.strip()}" is not NAME TYPE or NAME TYPE null')
        found.append(Field(words[0], words[1], len(words) == 3, at))
    return found


def read(path):
    """The includes and statements of a .sql file."""
    includes, statements = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        at = At(path, number)
        directive = re.fullmatch(r"-- ([a-z]+): *(.*)", line)
        key, value = (directive.group(1), directive.group(2).strip()) if directive else (None, "")
        if key is not None and key not in KEYS:
            raise Fault(at, f"{key} is not one of {', '.join(KEYS)}")
        if key == "name":
            statements.append(Statement(at, value))
        elif key == "include" and not statements:
            includes.append(value)
        elif not statements:
            if line.strip() and not line.startswith("--"):
                raise Fault(at, "text before the first -- name:")
        elif key is None or key == "engine":
            statements[-1].body.append((number, line))
        elif key == "include":
            raise Fault(at, "includes stand before the first -- name:")
        else:
            directive_set(statements[-1], key, value, at)
    names = [statement.name for statement in statements]
    for statement in statements:
        if names.count(statement.name) > 1:
            raise Fault(statement.at, f"two statements named {statement.name}")
        statement.finish()
    if not statements:
        raise Fault(At(path, 1), "no statement")
    return includes, statements


def directive_set(statement, key, value, at):
    if any(text.strip() for _, text in statement.body):
        raise Fault(at, f"{key} stands before the text of its statement")
    if not value:
        raise Fault(at, f"{key} says nothing")
    if key == "about":
        statement.about.append(value)
    elif key == "slow":
        statement.slow.append(value)
    elif key == "in":
        statement.params += fields(value, at)
    elif key == "out":
        statement.columns += fields(value, at)
    elif statement.rows is not None:
        raise Fault(at, "rows twice")
    else:
        statement.rows = value


def comment(text):
    """A C comment of at most 118 columns a line."""
    lines, line = [], "/*"
    for word in (text.replace("*/", "* /") + " */").split():
        if len(line) + 1 + len(word) > 118:
            lines.append(line)
            line = " *"
        line += " " + word
    return lines + [line]


def header(name, includes, statements):
    guard = re.sub(r"[^A-Z0-9]", "_", name.upper()) + "_H"
    out = [f"/* Made by tools/sqlgen.py from {name}. */", f"#ifndef {guard}", f"#define {guard}", ""]
    out += ['#include "store/statement.h"'] + [f"#include {include}" for include in includes] + [""]
    for statement in statements:
        name = statement.name
        if not statement.plain():
            out += [f"struct {name}_in {{"] + [m for f in statement.params for m in f.members()] + ["};", ""]
        if statement.columns:
            out += [f"struct {name}_row {{"] + [m for f in statement.columns for m in f.members()] + ["};", ""]
        if statement.rows == "many":
            out += [f"struct {name}_rows {{", f"    struct {name}_row *items;", "    size_t count;", "};", ""]
        about = joined(statement.about) + (" Slow: " + joined(statement.slow) if statement.slow else "")
        out += comment(about) + [f"const struct err *{statement.prototype()};", ""]
        out += [f"extern const struct statement statement_{statement.name};", ""]
    return "\n".join(out + ["#endif", ""])


def table(kind, statement, rows):
    if not rows:
        return [], "NULL"
    name = f"{statement.name}_{kind}"
    return [f"static const struct statement_field {name}[] = {{"] + [r.row_of_table() for r in rows] + ["};", ""], name


def source(name, statements):
    out = [f"/* Made by tools/sqlgen.py from {name}. */", f'#include "{name}.h"', "", "#include <assert.h>", ""]
    out += ['#include "base/limits.h"', ""]
    for statement in statements:
        params, params_name = table("params", statement, statement.params)
        columns, columns_name = table("columns", statement, statement.columns)
        out += params + columns
        for limit in {limit for limit in statement.limits.values() if limit.isdigit()}:
            why = f"{statement.name} reads more rows than a statement may"
            out += [f'static_assert({limit} <= STATEMENT_ROWS_MAX, "{why}");', ""]
        out += [f"const struct statement statement_{statement.name} = {{"]
        out += [f'    .name = "{statement.name}",', f"    .about = {c_string(joined(statement.about))},"]
        out += [f'    .file = "{name}",', "    .sql =", "        {"]
        for engine in ENGINES:
            out += [f"            [STORE_{engine.upper()}] = {c_string(statement.sql[engine])},"]
        out += ["        },", f"    .slow = {c_string(joined(statement.slow)) if statement.slow else 'NULL'},"]
        out += [f"    .writes = {'true' if statement.writes else 'false'},"]
        limits = {limit for limit in statement.limits.values() if not limit.isdigit()}
        if limits:
            out += [f"    .limit = {[field.name for field in statement.params].index(limits.pop()) + 1},"]
        out += [f"    .params = {params_name},", f"    .params_count = {len(statement.params)},"]
        out += [f"    .columns = {columns_name},", f"    .columns_count = {len(statement.columns)},", "};", ""]
        out += reader(statement) + function(statement)
    return "\n".join(out)


def reader(statement):
    if not statement.columns:
        return []
    out = ["static const struct err *"]
    out += [f"{statement.name}_read(struct ctx *ctx, const struct value *columns, void *ret_row)", "{"]
    out += ["    (void)ctx;", f"    struct {statement.name}_row *row = ret_row;"]
    for index, field in enumerate(statement.columns):
        out += field.from_column(statement.name, index)
    return out + ["    return NULL;", "}", ""]


def function(statement):
    out = ["const struct err *", statement.prototype(), "{"]
    values = "NULL"
    if statement.params:
        prefix, values = "" if statement.plain() else "in->", "values"
        out += ["    const struct value values[] = {"]
        out += [f"        {field.to_value(prefix)}," for field in statement.params] + ["    };"]
    call = f"ctx, &statement_{statement.name}, {values}"
    if statement.rows == "none":
        out += [f"    return statement_run({call}, NULL);"]
    elif statement.rows == "changed":
        out += [f"    return statement_run({call}, ret_changed);"]
    elif statement.rows == "many":
        where = "sizeof ret->items[0], &ret->items, &ret->count"
        out += [f"    return statement_many({call}, {statement.name}_read, {where});"]
    else:
        found = "ret_found" if statement.rows == "one" else "NULL"
        out += [f"    return statement_one({call}, {statement.name}_read, ret, {found});"]
    return out + ["}", ""]


def schema(paths):
    """All migrations, by number, with the text of each engine."""
    out = ["/* Made by tools/sqlgen.py from schema/. */", '#include "store/migrate.h"', ""]
    out += ["const struct migration migrations[] = {"]
    last = 0
    for path in paths:
        number = re.fullmatch(r"(\d{4})-([a-z0-9-]+)\.sql", path.name)
        if not number or int(number.group(1)) <= last:
            raise Fault(At(path, 1), "migrations are NNNN-name.sql and stand in the order of their numbers")
        last = int(number.group(1))
        data = path.read_bytes()
        text = schema_for_postgres(At(path, 1), list(enumerate(data.decode("utf-8").splitlines(), 1)))
        out += ["    {", f"        .number = {last},", f'        .name = "{number.group(2)}",']
        out += [f'        .sha256 = "{hashlib.sha256(data).hexdigest()}",', "        .sql =", "            {"]
        out += [f"                [STORE_{engine.upper()}] = {c_string(text[engine])}," for engine in ENGINES]
        out += ["            },", "    },"]
    return "\n".join(out + ["};", "", "const size_t migrations_count = sizeof migrations / sizeof migrations[0];", ""])


def registry(paths):
    """Every statement of the program, for tests that look at all of them."""
    names = {}
    for path in paths:
        for statement in read(path)[1]:
            if statement.name in names:
                raise Fault(statement.at, f"{statement.name} is also in {names[statement.name]}")
            names[statement.name] = path
    out = ["/* Made by tools/sqlgen.py from every .sql file. */", '#include "store/statement.h"', ""]
    out += [f"extern const struct statement statement_{name};" for name in names]
    out += ["extern const struct statement *const all_statements[];", "extern const size_t all_statements_count;", ""]
    out += ["const struct statement *const all_statements[] = {"] + [f"    &statement_{name}," for name in names]
    out += ["};", "const size_t all_statements_count = sizeof all_statements / sizeof all_statements[0];", ""]
    return "\n".join(out)


def tables(paths):
    """Every table of the migrations that both engines share: how to read it whole, and how to empty it."""
    out = ["/* Made by tools/sqlgen.py from schema/. */", '#include "store/table.h"', ""]
    names = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        for name, body in re.findall(r"^CREATE TABLE (\w+) \(\n(.*?)\n\) STRICT", text, re.M | re.S):
            columns = re.findall(r"^ {4}(\w+) (INTEGER|TEXT|BLOB)\b(.*)$", body, re.M)
            kinds = {"INTEGER": "VALUE_INT", "TEXT": "VALUE_TEXT", "BLOB": "VALUE_BYTES"}
            out += [f"static const struct statement_field columns_{name}[] = {{"]
            out += [f'    {{"{column}", {kinds[kind]}, {"false" if "NOT NULL" in rest else "true"}}},'
                    for column, kind, rest in columns]
            select = f"SELECT {', '.join(column for column, _, _ in columns)} FROM {name}"
            out += ["};", f"static const struct statement rows_{name} = {{"]
            out += [f'    .name = "rows of {name}", .about = "All rows.", .file = "{path.name}",', "    .sql = {"]
            out += [f'        [STORE_{engine.upper()}] = "{select}",' for engine in ENGINES]
            out += ['    },', '    .slow = "the whole table is asked for",', f"    .columns = columns_{name},"]
            out += [f"    .columns_count = {len(columns)},", "};"]
            out += [f"static const struct statement empty_{name} = {{"]
            out += [f'    .name = "empty {name}", .about = "No rows.", .file = "{path.name}",', "    .sql = {"]
            out += [f'        [STORE_{engine.upper()}] = "DELETE FROM {name}",' for engine in ENGINES]
            out += ['    },', '    .slow = "the whole table is emptied",', "    .writes = true,", "};", ""]
            names.append(name)
    out += ["const struct store_table store_tables[] = {"]
    out += [f'    {{"{name}", &rows_{name}, &empty_{name}}},' for name in names] + ["};"]
    out += ["const size_t store_tables_count = sizeof store_tables / sizeof store_tables[0];", ""]
    return "\n".join(out)


def name_of(root, path):
    """How C includes the file: from src for what is there, else beside it."""
    try:
        return path.resolve().relative_to(root.resolve() / "src").as_posix()
    except ValueError:
        return path.name


def main(arguments):
    if arguments[:1] == ["statements"] and len(arguments) == 5:
        path = pathlib.Path(arguments[2])
        name = name_of(pathlib.Path(arguments[1]), path)
        includes, statements = read(path)
        pathlib.Path(arguments[3]).write_text(header(name, includes, statements), encoding="utf-8")
        pathlib.Path(arguments[4]).write_text(source(name, statements), encoding="utf-8")
    elif arguments[:1] in (["schema"], ["registry"], ["tables"]) and len(arguments) > 2:
        make = {"schema": schema, "registry": registry, "tables": tables}[arguments[0]]
        made = make([pathlib.Path(path) for path in arguments[2:]])
        pathlib.Path(arguments[1]).write_text(made, encoding="utf-8")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Fault as fault:
        sys.exit(f"{fault.at.file}:{fault.at.line}: {fault.message}")
