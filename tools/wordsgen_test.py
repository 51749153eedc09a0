#!/usr/bin/env python3
"""wordsgen: what makes a word complete, and every fault that must stop the build."""

import pathlib
import tempfile
import unittest

import wordsgen

SIX = "".join(f'msgstr[{n}] "{{count}} {n}"\n' for n in range(6))
THREE = "".join(f'msgstr[{n}] "{{count}} {n}"\n' for n in range(3))
TWO = "".join(f'msgstr[{n}] "{{count}} {n}"\n' for n in range(2))


def plural(forms):
    return 'msgid "a.many"\nmsgid_plural "count"\n' + forms


def read(ar=None, fr=None, en=None):
    one = 'msgid "a.one"\nmsgstr "x {name}"\n'
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for lang, text in (("ar", ar), ("fr", fr), ("en", en)):
            path = pathlib.Path(folder) / f"part.{lang}.po"
            path.write_text(one if text is None else text, encoding="utf-8")
            paths.append(str(path))
        return wordsgen.read_words(paths)


class Complete(unittest.TestCase):
    def test_a_word_in_three_languages(self):
        self.assertEqual(read()["a.one"]["holes"], {"name"})

    def test_six_Arabic_forms_three_French_two_English(self):
        words = read(plural(SIX), plural(THREE), plural(TWO))
        self.assertEqual([len(words["a.many"]["forms"][lang]) for lang in ("ar", "fr", "en")], [6, 3, 2])

    def test_a_form_need_not_repeat_the_number(self):
        ar = plural(SIX.replace("{count} 2", "اثنان"))
        self.assertEqual(read(ar, plural(THREE), plural(TWO))["a.many"]["holes"], {"count"})

    def test_lines_that_go_on(self):
        word = read(ar='msgid "a.one"\nmsgstr "x "\n"{name}"\n')["a.one"]
        self.assertEqual(word["forms"]["ar"], ["x {name}"])

    def test_the_table_finds_every_key_by_its_slot(self):
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "t.c"
            wordsgen.write_table(read(), out)
            self.assertIn('"a.one"', out.read_text())


class Faults(unittest.TestCase):
    def refuse(self, part, **files):
        with self.assertRaises(wordsgen.Fault) as caught:
            read(**files)
        self.assertIn(part, str(caught.exception))

    def test_a_language_that_lacks_a_word(self):
        self.refuse("a.one is missing in fr", fr="")

    def test_a_missing_form(self):
        self.refuse("needs 6 form(s) in ar", ar=plural(THREE), fr=plural(THREE), en=plural(TWO))

    def test_an_empty_sentence(self):
        self.refuse("none empty", ar='msgid "a.one"\nmsgstr ""\n')

    def test_other_holes(self):
        self.refuse("has other holes", en='msgid "a.one"\nmsgstr "x {nme}"\n')

    def test_a_brace_that_is_no_hole(self):
        self.refuse("a brace", en='msgid "a.one"\nmsgstr "x {name} {"\n')

    def test_a_word_that_stands_twice(self):
        self.refuse("stands twice", en='msgid "a.one"\nmsgstr "x {name}"\nmsgid "a.one"\nmsgstr "x {name}"\n')

    def test_a_fuzzy_word(self):
        self.refuse("fuzzy", en='#, fuzzy\nmsgid "a.one"\nmsgstr "x {name}"\n')


class Check(unittest.TestCase):
    def check(self, text, name):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / name
            path.write_text(text, encoding="utf-8")
            wordsgen.check_files({"a.one": {"plural": None, "holes": ["name"]}}, [str(path)])

    def test_words_that_exist_pass(self):
        self.check("{{w:a.one name=x}}", "a.html")
        self.check('WORD("a.one")', "a.c")

    def test_an_unknown_word_in_a_template_and_in_C(self):
        for text, name in (("{{w:a.two}}", "a.html"), ('WORD("a.two")', "a.c")):
            with self.assertRaises(wordsgen.Fault):
                self.check(text, name)

    def test_a_hole_that_is_not_filled(self):
        with self.assertRaises(wordsgen.Fault):
            self.check("{{w:a.one}}", "a.html")


if __name__ == "__main__":
    unittest.main()
