#!/usr/bin/env python3
"""htmlgen: escaping by position, and every fault that must stop the build."""

import pathlib
import tempfile
import unittest

import htmlgen


def generate(head, body, name="sample"):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / f"{name}.html"
        path.write_text(f"---\nabout: A sample.\n{head}\n---\n{body}\n", encoding="utf-8")
        template = htmlgen.Template(str(path))
        return template.header(), htmlgen.source(template)


class Positions(unittest.TestCase):
    def test_a_users_text_stands_in_bdi_in_text_and_plain_in_an_attribute(self):
        code = generate("name user", '<p title="{{name}}">{{name}}</p>')[1]
        self.assertIn("html_attribute_text(out, data->name);", code)
        self.assertIn("html_user(out, data->name);", code)

    def test_elements_that_hold_text_only_take_no_bdi(self):
        code = generate("name user", "<textarea>{{name}}</textarea><title>{{name}}</title><b>{{name}}</b>")[1]
        self.assertEqual(code.count("html_attribute_text"), 2)
        self.assertEqual(code.count("html_user"), 1)

    def test_an_address_is_checked_and_its_parts_are_encoded(self):
        code = generate("to url\nkey text", '<a href="{{to}}">x</a><a href="/find?q={{key}}">y</a>')[1]
        self.assertIn("html_attribute_url(out, data->to);", code)
        self.assertIn("html_attribute_component(out, data->key);", code)

    def test_words_are_escaped_by_position(self):
        code = generate("n int", '<p title="{{w:a.b}}">{{w:a.c count=n}}</p>')[1]
        self.assertIn('html_say(out, "a.b", NULL, 0, WORDS_ATTRIBUTE);', code)
        self.assertIn('HOLE_INT("count", data->n)}, 1, WORDS_HTML);', code)

    def test_loops_conditions_and_parts(self):
        header, code = generate(
            "rows list {\nt text\n}\npart @badge\nparts list @badge\nis_x bool",
            "{{for r in rows}}<i>{{r.t}}</i>{{else}}none{{end}}{{part}}{{for p in parts}}{{p}}{{end}}"
            '<input type="checkbox"{{if is_x}} checked{{end}}>',
        )
        self.assertIn("struct page_sample_rows {", header)
        self.assertIn("size_t rows_count;", header)
        self.assertIn('#include "web/pages/badge.html.h"', header)
        self.assertIn("if (data->rows_count == 0) {", code)
        self.assertIn("if (data->part != NULL) {", code)
        self.assertIn("page_badge_print(out, (&data->parts[i2]));", code)


class Faults(unittest.TestCase):
    def refuse(self, head, body, part):
        with self.assertRaises(htmlgen.Fault) as caught:
            generate(head, body)
        self.assertIn(part, str(caught.exception))

    def test_an_unknown_field(self):
        self.refuse("", "{{nothing}}", "is no field")

    def test_an_unknown_type(self):
        self.refuse("a texxt", "", "is not a type")

    def test_a_script_a_style_and_an_event(self):
        self.refuse("", "<script>x</script>", "no script")
        self.refuse("", '<p style="x">y</p>', "style is code")
        self.refuse("", '<p onclick="x">y</p>', "onclick is code")

    def test_a_value_without_quotes(self):
        self.refuse("a text", "<p title={{a}}>x</p>", "double quotes")

    def test_a_text_as_a_whole_address(self):
        self.refuse("a text", '<a href="{{a}}">x</a>', "its type is url")

    def test_an_address_behind_other_text(self):
        self.refuse("a url", '<a href="/x{{a}}">x</a>', "build the whole address")

    def test_a_field_in_a_tag(self):
        self.refuse("a text", "<p {{a}}>x</p>", "stands in a tag")

    def test_html_in_an_attribute(self):
        self.refuse("a html", '<p title="{{a}}">x</p>', "html in an attribute")

    def test_a_block_that_ends_elsewhere(self):
        self.refuse("a bool", '{{if a}}<p title="{{end}}">x</p>', "ends elsewhere")

    def test_a_block_without_end(self):
        self.refuse("a bool", "{{if a}}x", "is not ended")

    def test_a_list_where_one_is_wanted(self):
        self.refuse("a list text", "{{a}}", "use for")

    def test_a_mark_that_is_not_closed(self):
        self.refuse("", "{{w:a.b", "not closed")


if __name__ == "__main__":
    unittest.main()
