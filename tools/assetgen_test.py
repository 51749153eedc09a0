#!/usr/bin/env python3
"""assetgen: addresses hold the hash of what is served."""

import pathlib
import tempfile
import unittest

import assetgen


def read(**files):
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, text in files.items():
            path = pathlib.Path(folder) / name.replace("_", ".")
            path.write_text(text, encoding="utf-8")
            paths.append(str(path))
        return assetgen.read_all(paths)


class Assets(unittest.TestCase):
    def test_a_style_sheet_names_other_files_by_their_address(self):
        files = read(a_css='b { background: asset("c.svg") }', c_svg="<svg/>")
        self.assertIn(f'url("{assetgen.address("c.svg", b"<svg/>")}")'.encode(), files["a.css"])

    def test_another_content_has_another_address(self):
        self.assertNotEqual(assetgen.address("a.css", b"1"), assetgen.address("a.css", b"2"))

    def test_an_unknown_file_or_type_stops_the_build(self):
        with self.assertRaises(assetgen.Fault):
            read(a_css='b { background: asset("c.svg") }')
        with self.assertRaises(assetgen.Fault):
            read(a_exe="x")

    def test_bytes_survive_in_C(self):
        self.assertEqual(assetgen.c_bytes(b'a"\\?\n\xff'), '    "a\\042\\134\\077\\012\\377"')


if __name__ == "__main__":
    unittest.main()
