#!/usr/bin/env python3
"""Typed templates: NAME.html becomes struct page_NAME and a function that writes it, escaped by position.

    htmlgen.py INPUT.html OUT.h OUT.c

The head between two lines "---" says what the template is and which fields it takes; docs/pages.md has the types and
the marks. There is no way to write a text unescaped. A fault ends with file:line and one sentence.
"""

import pathlib
import re
import sys

URL_ATTRIBUTES = {"href", "src", "action", "formaction", "poster"}
# type -> C type, can stand in {{if}}
TYPES = {
    "text": "struct text",
    "user": "struct text",
    "url": "struct text",
    "word": "const char *",
    "int": "int64_t",
    "number": "int64_t",
    "money": "struct money",
    "date": "struct date",
    "dates": "struct date",
    "instant": "int64_t",
    "bool": "bool",
    "html": "struct html",
}
HOLE_KINDS = {"text": "TEXT", "user": "USER", "int": "INT", "number": "NUMBER", "money": "MONEY", "date": "DATE",
              "dates": "DATES", "instant": "INSTANT", "html": "HTML", "word": "WORD"}
NAME = r"[a-z][a-z0-9_]*"
VOID = set("area base br col embed hr img input link meta source track wbr".split())


class Fault(Exception):
    def __init__(self, at, sentence):
        super().__init__(f"{at}: {sentence}")


class Field:
    def __init__(self, name, kind, is_list=False, members=None):
        self.name, self.kind, self.is_list, self.members = name, kind, is_list, members

    @property
    def is_template(self):
        return self.kind.startswith("@")


def c_string(text):
    out = []
    for byte in text.encode():
        char = chr(byte)
        out.append(
            "\\n" if char == "\n" else "\\" + char if char in '"\\' else
            char if 32 <= byte < 127 and char != "?" else f"\\{byte:03o}"
        )
    return '"' + "".join(out) + '"'


class Template:
    def __init__(self, path):
        self.path = path
        self.name = pathlib.Path(path).name.removesuffix(".html")
        if not re.fullmatch(NAME, self.name):
            raise Fault(path, "a template has a name of lower case words")
        self.lines = pathlib.Path(path).read_text(encoding="utf-8").split("\n")
        self.about, self.fields, self.includes = "", {}, set()
        self.read_head()

    def read_head(self):
        if self.lines[0] != "---" or "---" not in self.lines[1:]:
            raise Fault(f"{self.path}:1", "a template begins with its head, between two lines ---")
        end = self.lines.index("---", 1)
        stack = [self.fields]
        for number in range(1, end):
            at, line = f"{self.path}:{number + 1}", self.lines[number].strip()
            if not line or line.startswith("#"):
                continue
            if line.startswith("about:"):
                self.about = line[6:].strip()
            elif line == "}":
                if len(stack) == 1:
                    raise Fault(at, "} closes nothing")
                stack.pop()
            else:
                self.read_field(at, line, stack)
        if len(stack) != 1:
            raise Fault(f"{self.path}:{end + 1}", "a list is not closed")
        if not self.about:
            raise Fault(f"{self.path}:1", "the head says what the template is (about:)")
        self.body = "\n".join(self.lines[end + 1:]).strip("\n")
        self.body_line = end + 2

    def read_field(self, at, line, stack):
        match = re.fullmatch(rf"({NAME})\s+(list\s+)?(@?{NAME}|\{{)", line)
        if not match:
            raise Fault(at, f"a field is NAME TYPE or NAME list TYPE: {line}")
        name, is_list, kind = match.group(1), bool(match.group(2)), match.group(3)
        if name in stack[-1]:
            raise Fault(at, f"{name} stands twice")
        if kind == "{":
            if not is_list:
                raise Fault(at, "members belong to a list")
            members = {}
            stack[-1][name] = Field(name, "{", True, members)
            stack.append(members)
            return
        if kind.startswith("@"):
            self.includes.add(kind[1:])
        elif kind not in TYPES:
            raise Fault(at, f"{kind} is not a type: {', '.join(TYPES)}, @TEMPLATE")
        stack[-1][name] = Field(name, kind, is_list)

    def c_type(self, field, prefix):
        if field.kind == "{":
            return f"struct {prefix}_{field.name}"
        return f"struct page_{field.kind[1:]}" if field.is_template else TYPES[field.kind]

    def structs(self, name, fields):
        lines = []
        for field in fields.values():
            if field.kind == "{":
                lines += self.structs(f"{name}_{field.name}", field.members)
        lines.append(f"struct {name} {{")
        for field in fields.values():
            kind = self.c_type(field, name)
            space = "" if kind.endswith("*") else " "
            if field.is_list:
                lines.append(f"    const {kind}{space if not kind.startswith('const') else ' '}*{field.name};"
                             if not kind.startswith("const") else f"    {kind}const *{field.name};")
                lines.append(f"    size_t {field.name}_count;")
            elif field.is_template:
                lines.append(f"    const {kind} *{field.name}; /* NULL: none */")
            else:
                lines.append(f"    {kind}{space}{field.name};")
        if not fields:
            lines.append("    char nothing;")
        return lines + ["};"]

    def header(self):
        guard = f"WEB_PAGES_{self.name.upper()}_HTML_H"
        return "\n".join([
            f"/* {self.about} Written by tools/htmlgen.py from {self.name}.html. */",
            f"#ifndef {guard}", f"#define {guard}", "", '#include "web/html.h"',
            *[f'#include "web/pages/{name}.html.h"' for name in sorted(self.includes - {self.name})], "",
            *self.structs(f"page_{self.name}", self.fields), "",
            f"void page_{self.name}_print(struct html_out *out, const struct page_{self.name} *data);",
            f"struct html page_{self.name}(struct ctx *ctx, const struct page_{self.name} *data);", "", "#endif", "",
        ])


class Writer:
    """Follows the position in the HTML and writes C as it goes."""

    def __init__(self, template):
        self.t = template
        self.code, self.literal = [], ""
        self.state, self.attribute, self.tag, self.closing, self.verbatim = "text", "", "", False, False
        self.scopes = [{}]
        self.blocks = []
        self.depth = 1
        self.loops = 0

    def fault(self, sentence):
        raise Fault(f"{self.t.path}:{self.line}", sentence)

    def emit(self, line):
        self.flush()
        self.code.append("    " * self.depth + line)

    def flush(self):
        if self.literal:
            text = self.literal
            self.literal = ""
            while text:
                piece, text = text[:2000], text[2000:]
                self.code.append("    " * self.depth + f"html_literal(out, {c_string(piece)}, {len(piece.encode())});")

    def place(self):
        return self.state, self.attribute if self.state == "attribute" else ""

    def run(self):
        at = 0
        body = self.t.body
        for match in re.finditer(r"\{\{(.*?)\}\}", body, re.S):
            self.line = self.t.body_line + body.count("\n", 0, match.start())
            self.markup(body[at:match.start()])
            self.line = self.t.body_line + body.count("\n", 0, match.start())
            self.mark(match.group(1).strip())
            at = match.end()
        self.markup(body[at:])
        if self.blocks:
            self.fault(f"{self.blocks[-1][0]} is not ended")
        if self.state != "text":
            self.fault("the template ends inside a tag")
        self.flush()

    def markup(self, text):
        if "{{" in text or "}}" in text:
            self.fault("a mark is not closed")
        if self.state == "text" and not self.verbatim:
            text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
        out = []
        index = 0
        while index < len(text):
            char = text[index]
            if self.state == "text":
                match = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)|<!doctype", re.I).match(text, index)
                if match:
                    closing = text[index + 1] == "/"
                    self.state, self.tag = "tag", (match.group(1) or "").lower()
                    self.closing = closing
                    if self.tag in ("script", "style") and not closing and self.t.name != "layout":
                        self.fault("no script and no style in a template (CSP without inline)")
                    out.append(match.group(0))
                    index = match.end()
                    continue
                if char == "<":
                    self.fault("a < that begins no tag is written &lt;")
                if char.isspace() and not self.verbatim:
                    end = index
                    while end < len(text) and text[end].isspace():
                        end += 1
                    out.append("\n" if "\n" in text[index:end] else " ")
                    index = end
                    continue
            elif self.state == "tag":
                match = re.compile(r'([a-zA-Z_:][-a-zA-Z0-9_:.]*)="').match(text, index)
                bare = re.compile(r"[a-zA-Z_:][-a-zA-Z0-9_:.]*").match(text, index)
                if match:
                    self.state, self.attribute = "attribute", match.group(1).lower()
                    if self.attribute.startswith("on") or self.attribute in ("style", "srcdoc"):
                        self.fault(f"{self.attribute} is code in a page, which the policy forbids")
                    out.append(match.group(0))
                    index = match.end()
                    self.value_start = True
                    continue
                if bare:
                    out.append(bare.group(0))
                    index = bare.end()
                    if index < len(text) and text[index] == "=":
                        self.fault("an attribute's value stands in double quotes")
                    continue
                if char == ">":
                    self.state = "text"
                    if self.tag in ("pre", "textarea"):
                        self.verbatim = not self.closing
                elif char.isspace():
                    while index + 1 < len(text) and text[index + 1].isspace():
                        index += 1
                    char = " "
                elif char != "/":
                    self.fault(f"{char} inside a tag")
            else:
                if char == '"':
                    self.state = "tag"
                self.value_start = False
            out.append(char)
            index += 1
        self.literal += "".join(out)

    def find(self, path):
        """(C expression, Field) of name or item.name."""
        parts = path.split(".")
        for scope in reversed(self.scopes):
            if parts[0] in scope:
                expression, members = scope[parts[0]]
                if len(parts) == 1:
                    return expression, members
                if isinstance(members, Field) or len(parts) != 2 or parts[1] not in members:
                    self.fault(f"{path} is no field")
                return f"{expression}->{parts[1]}", members[parts[1]]
        if len(parts) == 1 and parts[0] in self.t.fields:
            return f"data->{parts[0]}", self.t.fields[parts[0]]
        self.fault(f"{path} is no field")

    def mark(self, text):
        if text.startswith("!"):
            return
        if text.startswith("w:"):
            return self.word(text[2:])
        head = text.split()[0] if text else ""
        if head in ("if", "elif", "for", "else", "end"):
            return getattr(self, head + "_")(text)
        if text in ("lang", "dir") and text not in self.t.fields:
            self.emit(f"html_{text}(out);")
            return None
        return self.value(text)

    def value(self, path):
        expression, field = self.find(path)
        if not isinstance(field, Field) or field.is_list:
            self.fault(f"{path} is a list: use for")
        if self.state == "tag":
            self.fault(f"{path} stands in a tag, outside of a value")
        if field.is_template:
            if self.state != "text":
                self.fault("a template in an attribute")
            call = f"page_{field.kind[1:]}_print(out, {expression});"
            if expression.startswith("(&"):  # an item of a list is always there
                self.emit(call)
                return
            self.emit(f"if ({expression} != NULL) {{")
            self.emit(f"    {call}")
            self.emit("}")
            return
        if field.kind in ("bool",):
            self.fault(f"{path} is a bool: use if")
        if self.state == "attribute":
            is_url = self.attribute in URL_ATTRIBUTES
            if field.kind == "html":
                self.fault("html in an attribute")
            if is_url and field.kind == "url" and not self.value_start:
                self.fault(f"{path} stands behind other text in {self.attribute}: build the whole address in C")
            if is_url and field.kind not in ("url", "number") and self.value_start:
                self.fault(f"{path} stands in {self.attribute}: its type is url")
            if is_url and field.kind not in ("url", "number"):
                self.emit(f"html_attribute_component(out, {expression});" if field.kind in ("text", "user") else
                          self.fault(f"{path} cannot be a part of an address"))
                return
            kind = "text" if field.kind == "user" else field.kind
            self.emit(f"html_attribute_{kind}(out, {expression});")
            return
        # Elements that hold text only would show <bdi> as letters.
        if self.tag in ("textarea", "title", "option") and not self.closing:
            if field.kind == "html":
                self.fault("html in an element that holds text only")
            self.emit(f"html_attribute_{'text' if field.kind == 'user' else field.kind}(out, {expression});")
            return
        self.emit(f"html_{field.kind}(out, {expression});")

    def word(self, text):
        if self.state == "tag":
            self.fault("a word stands in a tag, outside of a value")
        if self.state == "attribute" and self.attribute in URL_ATTRIBUTES:
            self.fault("a word in an address")
        parts = text.split()
        key, holes = parts[0], parts[1:]
        text_only = self.tag in ("textarea", "title", "option") and not self.closing
        where = "HTML" if self.state == "text" and not text_only else "ATTRIBUTE"
        if not holes:
            self.emit(f'html_say(out, "{key}", NULL, 0, WORDS_{where});')
            return
        args = []
        for hole in holes:
            match = re.fullmatch(rf"({NAME})=({NAME}(?:\.{NAME})?)", hole)
            if not match:
                self.fault(f"a hole is NAME=FIELD: {hole}")
            expression, field = self.find(match.group(2))
            if not isinstance(field, Field) or field.is_list or field.kind not in HOLE_KINDS:
                self.fault(f"{match.group(2)} cannot fill a hole")
            if field.kind == "html" and self.state != "text":
                self.fault("html in an attribute")
            args.append(f'HOLE_{HOLE_KINDS[field.kind]}("{match.group(1)}", {expression})')
        holes = f"(const struct word_hole[]){{{', '.join(args)}}}, {len(args)}"
        self.emit(f'html_say(out, "{key}", {holes}, WORDS_{where});')

    def condition(self, text):
        match = re.fullmatch(rf'(not\s+)?({NAME}(?:\.{NAME})?)(?:\s+is\s+"([^"]*)")?', text)
        if not match:
            self.fault(f"a condition is FIELD, not FIELD or FIELD is \"text\": {text}")
        expression, field = self.find(match.group(2))
        if not isinstance(field, Field):
            self.fault(f"{match.group(2)} is not a field")
        if match.group(3) is not None:
            if field.kind not in ("text", "user", "url"):
                self.fault("only a text can be compared")
            test = f"text_is({expression}, {c_string(match.group(3))})"
        elif field.is_list:
            test = f"{expression}_count > 0"
        elif field.is_template or field.kind == "word":
            test = f"{expression} != NULL"
        elif field.kind in ("text", "user", "url"):
            test = f"{expression}.len > 0"
        elif field.kind == "html":
            test = f"{expression}.text.len > 0"
        elif field.kind in ("date", "dates"):
            test = f"!date_is_none({expression})"
        elif field.kind == "money":
            test = f"{expression}.centimes != 0"
        elif field.kind == "bool":
            test = expression
        else:
            test = f"{expression} != 0"
        return f"!({test})" if match.group(1) else test

    def if_(self, text):
        test = self.condition(text[2:].strip())
        self.emit(f"if ({test}) {{")
        self.blocks.append(["if", self.place()])
        self.depth += 1

    def same_state(self, block):
        if self.place() != block[1]:
            self.fault("a block ends elsewhere in the HTML than it began (in a tag, or in a value)")

    def elif_(self, text):
        if not self.blocks or self.blocks[-1][0] != "if":
            self.fault("elif without if")
        self.same_state(self.blocks[-1])
        test = self.condition(text[4:].strip())
        self.flush()
        self.depth -= 1
        self.emit(f"}} else if ({test}) {{")
        self.depth += 1

    def else_(self, _):
        if not self.blocks:
            self.fault("else without if or for")
        block = self.blocks[-1]
        self.same_state(block)
        self.flush()
        self.depth -= 1
        if block[0] == "for":
            self.scopes.pop()
            self.emit("}")
            self.emit(f"if ({block[2]} == 0) {{")
            block[0] = "empty"
        elif block[0] == "if":
            self.emit("} else {")
            block[0] = "else"
        else:
            self.fault("a second else")
        self.depth += 1

    def end_(self, _):
        if not self.blocks:
            self.fault("end without a block")
        block = self.blocks.pop()
        self.same_state(block)
        self.flush()
        self.depth -= 1
        self.emit("}")
        if block[0] == "for":
            self.scopes.pop()

    def for_(self, text):
        match = re.fullmatch(rf"for\s+({NAME})\s+in\s+({NAME}(?:\.{NAME})?)", text)
        if not match:
            self.fault(f"a loop is for ITEM in LIST: {text}")
        item = match.group(1)
        expression, field = self.find(match.group(2))
        if not isinstance(field, Field) or not field.is_list:
            self.fault(f"{match.group(2)} is no list")
        self.loops += 1
        index = f"i{self.loops}"
        self.emit(f"for (size_t {index} = 0; {index} < {expression}_count; {index}++) {{")
        self.depth += 1
        if field.kind == "{":
            variable = f"{item}_{self.loops}"
            self.emit(f"const __typeof__(*{expression}) *{variable} = &{expression}[{index}];")
            self.emit(f"(void){variable};")
            self.scopes.append({item: (variable, field.members)})
        elif field.is_template:
            self.scopes.append({item: (f"(&{expression}[{index}])", Field(item, field.kind))})
        else:
            self.scopes.append({item: (f"{expression}[{index}]", Field(item, field.kind))})
        self.blocks.append(["for", self.place(), f"{expression}_count"])


def source(template):
    writer = Writer(template)
    writer.line = template.body_line
    writer.run()
    name = template.name
    return "\n".join([
        f"/* Written by tools/htmlgen.py from {name}.html. */",
        f'#include "web/pages/{name}.html.h"', "",
        f"void\npage_{name}_print(struct html_out *out, const struct page_{name} *data)\n{{",
        "    (void)data;", *writer.code, "}", "",
        f"struct html\npage_{name}(struct ctx *ctx, const struct page_{name} *data)\n{{",
        "    struct html_out out = html_out_new(ctx);",
        f"    page_{name}_print(&out, data);",
        "    return html_built(&out);", "}", "",
    ])


def main(args):
    template = Template(args[0])
    pathlib.Path(args[1]).write_text(template.header(), encoding="utf-8")
    pathlib.Path(args[2]).write_text(source(template), encoding="utf-8")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Fault as fault:
        sys.exit(str(fault))
