"""That each rule of tidy.py can fail, and passes what it should. Run by meson test, or: python3 tools/tidy_test.py"""

import pathlib
import unittest

import tidy

LAW = tidy.Law(
    ["of text 18.23\n\narticle 2\n    norm 2/1.a condition\n        ar \"x\"\n"],
    {"base/text.h", "store/store.h"},
)
HEADER = "/* Purpose. */\n#ifndef BASE_TEXT_H\n#define BASE_TEXT_H\n#endif\n"


def rules(path, text):
    return [fault.rule for fault in tidy.check([(path, text)], LAW)]


class Rules(unittest.TestCase):
    def breaks(self, rule, path, text):
        self.assertEqual(rules(path, text), [rule])

    def passes(self, path, text):
        self.assertEqual(rules(path, text), [])

    def test_arrows_go_down(self):
        self.breaks("arrows", "src/base/x.c", '#include "store/store.h"\n')
        self.breaks("arrows", "src/http/x.c", '#include "law/law.h"\n')
        self.breaks("arrows", "src/office/x.c", '#include "web/page.h"\n')
        self.breaks("arrows", "src/office/x.c", '#include "other/page.h"\n')
        self.breaks("arrows", "src/office/x.c", '#include "page.h"\n')
        self.breaks("arrows", "src/other/x.c", "int x;\n")
        self.passes("src/office/x.c", '#include "registry/party.h"\n#include "base/text.h"\n#include "office/a.h"\n')
        self.passes("src/app/x.c", '#include "web/page.h"\n')
        self.passes("tests/unit/base/x.c", '#include "store/store.h"\n')

    def test_banned_functions(self):
        for call in ("strcpy(a, b)", "sprintf(a, b)", "atoi(a)", "strtok(a, b)", "localtime(a)", "rand()"):
            self.breaks("banned", "src/base/x.c", f"int x = {call};\n")
        for call in ("malloc(1)", "free(a)", "strdup(a)", "sqlite3_step(a)", "PQexec(a)", "MHD_start(a)"):
            self.breaks("banned", "src/office/x.c", f"int x = {call};\n")
        for call in ("time(NULL)", 'getenv("A")', "clock_gettime(CLOCK_REALTIME, &a)", "crypto_sign_detached(a)"):
            self.breaks("banned", "src/store/x.c", f"int x = {call};\n")
        self.passes("src/base/x.c", "int x = malloc(1);\n")
        self.passes("src/store/x.c", "int x = sqlite3_step(a) + PQexec(b) + clock_gettime(CLOCK_MONOTONIC, &c);\n")
        self.passes("src/app/x.c", "int x = clock_gettime(CLOCK_REALTIME, &c) + time(NULL);\n")
        self.passes("src/http/x.c", 'int x = MHD_start(a); /* as malloc() */ const char *y = "free(";\n')
        self.passes("src/office/x.c", "x->free(x); arena_free(x); run_time(1);\n")

    def test_numbers_near_money_and_law_are_exact(self):
        self.breaks("exact", "src/law/x.c", "double x;\n")
        self.passes("src/office/x.c", "double x;\n")
        self.passes("src/law/x.c", "/* no double here */\n")

    def test_sql_stands_in_sql_files(self):
        self.breaks("sql", "src/office/x.c", 'run("SELECT 1 FROM party");\n')
        self.passes("src/store/x.c", 'run("SELECT 1 FROM party");\n')

    def test_files_and_functions_have_a_size(self):
        self.breaks("size", "src/base/x.c", "int x;\n" * 501)
        self.breaks("size", "src/base/text.h", HEADER + "int x;\n" * 147)
        self.passes("src/base/x.c", "int x;\n" * 500)
        body = "    x++;\n"
        self.breaks("functions", "src/base/x.c", "static int\nlong_one(void)\n{\n" + body * 61 + "}\n")
        self.passes("src/base/x.c", "static int\nlong_one(void)\n{\n" + body * 60 + "}\n")
        six = "int a, int b, int c, int d,\n     int e, int f"
        self.breaks("functions", "src/base/x.c", f"int\nmany({six})\n{{\n}}\n")
        self.breaks("functions", "src/base/x.c", f"int\nmany(struct reader *reader, {six})\n{{\n}}\n")
        self.passes("src/base/x.c", f"int\nmany(struct ctx *ctx, {six[:-7]}, ...)\n{{\n}}\n")
        self.passes("src/base/x.c", f"int\nmany(struct reader *reader, {six[:-7]}, size_t *ret_count)\n{{\n}}\n")

    def test_lines_have_120_columns(self):
        self.breaks("columns", "src/base/x.c", "/* " + "a" * 118 + "*/\n")
        self.passes("src/base/x.c", "/* " + "\u0628\u064e" * 100 + "*/\n")

    def test_structs_have_one_name(self):
        self.breaks("typedefs", "src/base/x.c", "typedef struct text text;\n")
        self.passes("src/base/x.c", "typedef int fn(void);\n")

    def test_headers_open_with_their_contract(self):
        self.breaks("contract", "src/base/text.h", HEADER.replace("/* Purpose. */\n", ""))
        self.breaks("contract", "src/base/text.h", HEADER.replace("BASE_TEXT_H", "OTHER_H"))
        self.passes("src/base/text.h", HEADER)

    def test_a_c_file_begins_with_its_own_header(self):
        self.breaks("own_header", "src/base/text.c", '#include <stdio.h>\n#include "base/text.h"\n')
        self.passes("src/base/text.c", '#include "base/text.h"\n#include <stdio.h>\n')

    def test_cited_norms_are_stated(self):
        self.breaks("norms", "src/office/x.c", "/* 18.23/2/1.b: why */\n")
        self.breaks("norms", "src/office/x.c", "/* 2490.12/3: why */\n")
        self.breaks("norms", "tests/unit/office/x.c", "/* 18.23/3 */\n")
        self.passes("src/office/x.c", "/* 18.23/2/1.a and article 18.23/2 */\n")
        self.passes("tests/unit/office/x.c", 'ask("18.23/3");\n')

    def test_what_is_unfinished_is_not_on_main(self):
        self.breaks("unfinished", "docs/x.md", "TO" + "DO: more\n")
        self.breaks("unfinished", "src/base/x.c", "/* FIX" + "ME */\n")
        self.passes("src/base/x.c", 'mkstemp("/tmp/x-XXXXXX");\n')

    def test_no_path_of_one_machine(self):
        self.breaks("places", "docs/x.md", "see /" + "work/main\n")
        self.breaks("places", "tools/x.sh", "cd /" + "home/someone\n")
        self.passes("docs/x.md", "see https://example.org/work/main and docs/work/x\n")

    def test_a_rule_may_be_broken_with_its_reason(self):
        self.passes("src/office/x.c", "free(x); /* tidy: banned: pango gives it */\n")
        self.passes("src/office/x.c", "/* tidy: banned: pango gives it */\nfree(x);\n")
        self.passes("src/base/x.c", "/* tidy: size: a table */\n" + "int x;\n" * 501)
        self.breaks("banned", "src/office/x.c", "free(x); /* tidy: banned: */\n")
        self.breaks("banned", "src/office/x.c", "free(x); /* tidy: sql: wrong rule */\n")

    def test_every_rule_is_tried_here(self):
        here = pathlib.Path(__file__).read_text(encoding="utf-8")
        for rule in tidy.RULES:
            self.assertIn(f'self.breaks("{rule}"', here)


if __name__ == "__main__":
    unittest.main()
