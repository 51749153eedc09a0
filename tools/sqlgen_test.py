"""What sqlgen.py refuses and what it makes. Run by meson test, or by hand: python3 tools/sqlgen_test.py"""

import pathlib
import tempfile
import unittest

import sqlgen
from sqltext import Fault, c_string, schema_for_postgres

GOOD = """-- name: party_by_ice
-- about: One sentence.
-- in: ice text
-- out: id party_id, name text null
-- rows: one
SELECT id, name FROM party WHERE ice = :ice
"""


def read(text):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "party.sql"
        path.write_text(text, encoding="utf-8")
        return sqlgen.read(path)[1]


def migration(text):
    return schema_for_postgres(sqlgen.At("0001-x.sql", 1), list(enumerate(text.splitlines(), 1)))


class Statements(unittest.TestCase):
    def refused(self, text, word):
        with self.assertRaises(Fault) as caught:
            read(text)
        self.assertIn(word, caught.exception.message)

    def test_numbers_parameters_for_each_engine(self):
        (statement,) = read(
            "-- name: a\n-- about: A.\n-- in: x int64, y text\n-- rows: changed\n"
            "UPDATE t SET a = :y, b = ':x', c = :x -- :z\nWHERE a <> :y"
        )
        self.assertEqual(statement.sql["sqlite"], "UPDATE t SET a = ?2, b = ':x', c = ?1\nWHERE a <> ?2")
        self.assertEqual(statement.sql["postgres"], "UPDATE t SET a = $2, b = ':x', c = $1\nWHERE a <> $2")
        self.assertTrue(statement.writes)

    def test_takes_two_parameters_as_arguments_and_three_as_a_struct(self):
        (statement,) = read(GOOD)
        self.assertEqual(
            statement.prototype(),
            "party_by_ice(struct ctx *ctx, struct text ice, struct party_by_ice_row *ret, bool *ret_found)",
        )
        three = GOOD.replace("ice text", "ice text, a int64, b int64").replace(":ice", ":ice AND a = :a AND b = :b")
        self.assertIn("const struct party_by_ice_in *in", read(three)[0].prototype())
        nullable = GOOD.replace("ice text", "ice int64 null")
        self.assertIn("const struct party_by_ice_in *in", read(nullable)[0].prototype())

    def test_refuses_parameters_that_are_not_declared_or_not_used(self):
        self.refused(GOOD.replace(":ice", ":other"), "does not declare")
        self.refused(GOOD.replace(":ice", "1"), "never uses :ice")
        self.refused(GOOD.replace("ice text", "ice text, ice text"), "twice")

    def test_refuses_unknown_types_directives_and_shapes(self):
        self.refused(GOOD.replace("ice text", "ice varchar"), "not a type")
        self.refused(GOOD.replace("ice text", "ice"), "is not NAME TYPE")
        self.refused(GOOD.replace("rows: one", "rows: some"), "rows is one of")
        self.refused(GOOD.replace("rows: one", "rows: none"), "has no out")
        self.refused(GOOD.replace("-- about", "-- abuot"), "abuot is not one of")
        self.refused(GOOD.replace("-- about: One sentence.\n", ""), "no about")
        self.refused(GOOD.replace("id party_id", "register int64"), "cannot name a C member")

    def test_refuses_two_statements_of_one_name(self):
        self.refused(GOOD + GOOD, "two statements")

    def test_refuses_many_rows_without_a_limit_at_the_outside(self):
        many = GOOD.replace("rows: one", "rows: many")
        self.refused(many, "LIMIT")
        self.refused(many.replace("ice = :ice", "ice IN (SELECT :ice LIMIT 1)"), "LIMIT")
        self.assertEqual(read(many + "LIMIT 10")[0].limits["sqlite"], "10")
        self.refused(many.replace("ice text", "ice text, most text") + "LIMIT :most", "int64")

    def test_refuses_what_only_one_engine_understands(self):
        for words, why in [
            ("SELECT ifnull(id, 1) AS id, name FROM party WHERE ice = :ice", "coalesce"),
            ("SELECT id::bigint, name FROM party WHERE ice = :ice", "CAST"),
            ("SELECT id, name FROM party WHERE ice = :ice AND day < CURRENT_DATE", "clocks"),
            ("SELECT id, name FROM party WHERE ice = :ice AND flag = TRUE", "say 1"),
            ("INSERT OR IGNORE INTO party (id) VALUES (:ice) RETURNING id, name", "ON CONFLICT"),
            ("SELECT id, name FROM party WHERE ice = :ice AND share > 0.5", "double"),
            ("SELECT id, name FROM party WHERE ice = :ice;", "semicolon"),
            ("DROP TABLE party", "is not a SELECT"),
        ]:
            self.refused(GOOD.replace("SELECT id, name FROM party WHERE ice = :ice", words), why)

    def test_takes_an_own_text_for_each_engine(self):
        both = GOOD.replace("SELECT", "-- engine: sqlite\nSELECT")
        both += "-- engine: postgres\nSELECT id, name FROM party WHERE ice = :ice::text\n"
        statement = read(both)[0]
        self.assertIn("?1", statement.sql["sqlite"])
        self.assertIn("$1", statement.sql["postgres"])
        self.refused(GOOD.replace("SELECT", "-- engine: sqlite\nSELECT"), "no text for postgres")

    def test_knows_a_write_inside_with(self):
        gone = "WITH gone AS (DELETE FROM party WHERE ice = :ice RETURNING id, name) SELECT id, name FROM gone"
        self.assertTrue(read(GOOD.replace("SELECT id, name FROM party WHERE ice = :ice", gone))[0].writes)
        self.assertFalse(read(GOOD)[0].writes)

    def test_escapes_what_c_would_read(self):
        self.assertEqual(c_string('a "b" \\c'), '"a \\"b\\" \\\\c"')
        self.assertEqual(c_string("a\nb").split(), ['"a\\n"', '"b"'])


class Migrations(unittest.TestCase):
    def refused(self, text, word):
        with self.assertRaises(Fault) as caught:
            migration(text)
        self.assertIn(word, caught.exception.message)

    def test_maps_types_and_drops_the_options_of_tables(self):
        made = migration(
            "-- Why.\nCREATE TABLE t (\n    id INTEGER PRIMARY KEY, -- the key\n"
            "    word TEXT NOT NULL CHECK (word <> 'TEXT'),\n    data BLOB, CHECK (CAST(id AS TEXT) <> '')\n"
            ") STRICT, WITHOUT ROWID;\nCREATE INDEX t_word ON t (word) WHERE data IS NULL;"
        )
        self.assertNotIn("STRICT", made["postgres"])
        self.assertNotIn("ROWID", made["postgres"])
        self.assertIn("id BIGINT PRIMARY KEY", made["postgres"])
        self.assertIn("word TEXT COLLATE \"C\" NOT NULL CHECK (word <> 'TEXT')", made["postgres"])
        self.assertIn("data BYTEA, CHECK (CAST(id AS TEXT) <> '')", made["postgres"])
        self.assertIn("CREATE INDEX t_word ON t (word) WHERE data IS NULL;", made["postgres"])
        self.assertIn(") STRICT, WITHOUT ROWID;", made["sqlite"])
        self.assertIn("data BLOB", made["sqlite"])

    def test_maps_a_column_added_later(self):
        self.assertIn("ADD COLUMN b TEXT COLLATE \"C\"", migration("ALTER TABLE t ADD COLUMN b TEXT;")["postgres"])

    def test_takes_what_is_of_one_engine_as_it_is(self):
        made = migration(
            "-- engine: sqlite\nCREATE VIRTUAL TABLE f USING fts5(word);\n"
            "-- engine: postgres\nCREATE TABLE f (word tsvector);\n"
            "-- engine: both\nCREATE TABLE t (id INTEGER PRIMARY KEY) STRICT;"
        )
        self.assertIn("fts5", made["sqlite"])
        self.assertNotIn("fts5", made["postgres"])
        self.assertIn("tsvector", made["postgres"])
        self.assertIn("BIGINT", made["postgres"])
        self.assertIn("STRICT", made["sqlite"])

    def test_refuses_other_types_and_tables_that_are_not_strict(self):
        self.refused("CREATE TABLE t (id INTEGER PRIMARY KEY);", "STRICT")
        self.refused("CREATE TABLE t (id BIGINT PRIMARY KEY) STRICT;", "types are")
        self.refused("CREATE TABLE t (share REAL) STRICT;", "double")
        self.refused("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;", "counter")
        self.refused("CREATE TABLE t (a INTEGER REFERENCES b DEFERRABLE INITIALLY DEFERRED) STRICT;", "batch")
        self.refused("VACUUM;", "not a statement of a migration")


if __name__ == "__main__":
    unittest.main()
