/* Bytes to tokens to a tree of logical lines. What would let a file show one thing and mean another is refused here:
 * bidirectional controls, tabs, other letters than ASCII outside quotes and comments, and an Arabic text that is not
 * the last thing on its line. */
#include <string.h>

#include "law/read.h"

enum { LINE_TOKENS_MAX = 512, LEVELS_MAX = 8, INDENT = 4 };

struct cutter {
    struct reader *reader;
    struct text line; /* physical line */
    size_t pos;
    int number;
    struct token tokens[LINE_TOKENS_MAX];
    size_t count;
    int open;          /* brackets */
    bool foreign_text; /* a text that is not ASCII stands on this physical line */
};

static struct place
place_at(const struct cutter *cut, size_t from, size_t to)
{
    struct text before = text_slice(cut->line, 0, from);
    struct text part = text_slice(cut->line, from, to);
    return (struct place){.file = cut->reader->file,
                          .line = cut->number,
                          .column = (uint16_t)(text_length(before) + 1),
                          .width = (uint16_t)text_length(part)};
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool
token_add(struct cutter *cut, enum token_kind kind, size_t from, size_t to, struct text text)
{
    if (cut->count + 1 >= LINE_TOKENS_MAX) {
        fault_add(cut->reader, place_at(cut, from, to), "Say it in several lets.", "this line is too long.");
        return false;
    }
    cut->tokens[cut->count++] = (struct token){.kind = kind, .text = text, .place = place_at(cut, from, to)};
    return true;
}

/* Is the run of letters, digits, dots and dashes from pos on a norm (it holds a slash)? Gives its end. */
static bool
norm_end(const struct cutter *cut, size_t *ret_end)
{
    size_t end = cut->pos;
    bool slash = false;
    while (end < cut->line.len) {
        char c = cut->line.at[end];
        if (c == '/') {
            slash = true;
        } else if (!is_digit(c) && !is_letter(c) && c != '.' && c != '-') {
            break;
        }
        end++;
    }
    while (end > cut->pos && (cut->line.at[end - 1] == '.' || cut->line.at[end - 1] == '-')) {
        end--;
    }
    *ret_end = end;
    return slash && cut->line.at[end - 1] != '/';
}

static bool
cut_number(struct cutter *cut)
{
    size_t from = cut->pos;
    struct text line = cut->line;
    struct date date;
    if (from + 10 <= line.len && date_from_text(text_slice(line, from, from + 10), &date) &&
        (from + 10 == line.len || !is_digit(line.at[from + 10]))) {
        cut->pos = from + 10;
        return token_add(cut, TOKEN_DATE, from, cut->pos, text_slice(line, from, cut->pos));
    }
    size_t end = from;
    while (end < line.len && (is_digit(line.at[end]) || line.at[end] == '_' ||
                              (line.at[end] == '.' && end + 1 < line.len && is_digit(line.at[end + 1])))) {
        end++;
    }
    if (end < line.len && is_letter(line.at[end])) {
        while (end < line.len && (is_letter(line.at[end]) || is_digit(line.at[end]))) {
            end++;
        }
        fault_add(cut->reader, place_at(cut, from, end), "A code that begins with a digit stands in single quotes.",
                  "`%.*s` is neither a number nor a name.", (int)(end - from), line.at + from);
        return false;
    }
    cut->pos = end;
    return token_add(cut, TOKEN_NUMBER, from, end, text_slice(line, from, end));
}

static bool
cut_word(struct cutter *cut)
{
    size_t from = cut->pos;
    size_t end = from;
    while (end < cut->line.len) {
        char c = cut->line.at[end];
        bool dash = c == '-' && end + 1 < cut->line.len &&
                    (is_letter(cut->line.at[end + 1]) || is_digit(cut->line.at[end + 1]));
        if (!is_letter(c) && !is_digit(c) && !dash) {
            break;
        }
        end++;
    }
    cut->pos = end;
    return token_add(cut, TOKEN_WORD, from, end, text_slice(cut->line, from, end));
}

static bool
cut_quoted(struct cutter *cut, char quote)
{
    size_t from = cut->pos;
    size_t end = from + 1;
    bool foreign = false;
    while (end < cut->line.len && cut->line.at[end] != quote) {
        foreign = foreign || (unsigned char)cut->line.at[end] >= 0x80;
        end++;
    }
    if (end >= cut->line.len) {
        fault_add(cut->reader, place_at(cut, from, cut->line.len), "Close it with the same quote.",
                  "this quote is not closed on its line.");
        return false;
    }
    cut->pos = end + 1;
    if (quote == '\'' && (foreign || end == from + 1)) {
        fault_add(cut->reader, place_at(cut, from, end + 1), "Words in other scripts are texts, in double quotes.",
                  "a code holds at least one character, and only ASCII.");
        return false;
    }
    cut->foreign_text = cut->foreign_text || foreign;
    return token_add(cut, quote == '"' ? TOKEN_TEXT : TOKEN_CODE, from, end + 1, text_slice(cut->line, from + 1, end));
}

static bool
cut_sign(struct cutter *cut)
{
    static const char *const signs[] = {"=>", "!=", "<=", ">=", "(", ")", ",", ":", ".",
                                        "|",  "+",  "-",  "*",  "=", "<", ">", "@"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        struct text sign = text_of(signs[i]);
        if (!text_starts(text_after(cut->line, cut->pos), sign)) {
            continue;
        }
        size_t from = cut->pos;
        cut->pos += sign.len;
        cut->open += sign.at[0] == '(' ? 1 : sign.at[0] == ')' ? -1 : 0;
        return token_add(cut, TOKEN_SIGN, from, cut->pos, sign);
    }
    size_t end = cut->pos;
    (void)text_next(cut->line, &end);
    bool foreign = (unsigned char)cut->line.at[cut->pos] >= 0x80;
    fault_add(cut->reader, place_at(cut, cut->pos, end),
              foreign ? "Code is ASCII; put the words between double quotes, last on the line." : NULL,
              foreign ? "a letter of another script stands outside quotes and comments."
                      : "this sign has no meaning here.");
    return false;
}

/* All tokens of one physical line, behind those that are there. */
static bool
cut_line(struct cutter *cut)
{
    cut->foreign_text = false;
    while (cut->pos < cut->line.len) {
        char c = cut->line.at[cut->pos];
        size_t end;
        if (c == ' ') {
            cut->pos++;
            continue;
        }
        if (c == '#') {
            return true;
        }
        if (cut->foreign_text) {
            fault_add(cut->reader, place_at(cut, cut->pos, cut->pos + 1),
                      "Put the text last, so that no direction of writing touches code.",
                      "a text in another script must be the last thing on its line.");
            return false;
        }
        if ((is_digit(c) || is_letter(c)) && norm_end(cut, &end)) {
            size_t from = cut->pos;
            cut->pos = end;
            if (!token_add(cut, TOKEN_NORM, from, end, text_slice(cut->line, from, end))) {
                return false;
            }
        } else if (is_digit(c)             ? !cut_number(cut)
                   : is_letter(c)          ? !cut_word(cut)
                   : c == '"' || c == '\'' ? !cut_quoted(cut, c)
                                           : !cut_sign(cut)) {
            return false;
        }
    }
    return true;
}

static bool
line_is_blank(struct text line)
{
    struct text trimmed = text_trim(line);
    return trimmed.len == 0 || trimmed.at[0] == '#';
}

static bool
continues(struct text line)
{
    struct text trimmed = text_trim(line);
    static const char *const words[] = {"and", "or", "when"};
    for (size_t i = 0; i < 3; i++) {
        struct text word = text_of(words[i]);
        if (text_starts(trimmed, word) &&
            (trimmed.len == word.len || trimmed.at[word.len] == ' ' || trimmed.at[word.len] == '(')) {
            return true;
        }
    }
    return false;
}

static bool
bytes_pass(struct reader *reader)
{
    struct text bytes = reader->files[reader->file].bytes;
    size_t good = text_utf8_prefix(bytes);
    size_t bad = good;
    const char *why = "this byte is not UTF-8.";
    const char *hint = "Save the file as UTF-8.";
    if (good == bytes.len) {
        for (bad = 0; bad < bytes.len; bad++) {
            if (bytes.at[bad] == '\t' || bytes.at[bad] == '\r' || bytes.at[bad] == '\0') {
                why = "tabs, carriage returns and NULs are not allowed.";
                hint = "Use spaces, four for each level, and plain line ends.";
                break;
            }
        }
    }
    struct text hidden = bytes;
    int line = 1;
    if (bad == bytes.len && text_has_hidden(bytes)) {
        for (struct text part; text_split(&hidden, '\n', &part); line++) {
            if (text_has_hidden(part)) {
                fault_add(reader, (struct place){.file = reader->file, .line = line, .column = 1, .width = 1},
                          "Remove it: what a reader sees must be what the machine reads.",
                          "this line holds an invisible or direction-changing character.");
            }
        }
        return false;
    }
    if (bad == bytes.len) {
        return true;
    }
    int column = 1;
    for (size_t i = 0; i < bad; i++) {
        column = bytes.at[i] == '\n' ? 1 : column + 1;
        line += bytes.at[i] == '\n';
    }
    fault_add(reader, (struct place){.file = reader->file, .line = line, .column = (uint16_t)column, .width = 1}, hint,
              "%s", why);
    return false;
}

static struct line *
line_close(struct cutter *cut, int level)
{
    struct line *line = ARENA_NEW(cut->reader->arena, struct line);
    line->count = cut->count;
    line->level = level;
    line->place = cut->tokens[0].place;
    line->tokens = ARENA_ARRAY(cut->reader->arena, struct token, cut->count + 1);
    memcpy(line->tokens, cut->tokens, cut->count * sizeof cut->tokens[0]);
    struct place end = cut->tokens[cut->count - 1].place;
    end.column = (uint16_t)(end.column + end.width);
    end.width = 1;
    line->tokens[cut->count] = (struct token){.kind = TOKEN_END, .text = TEXT("the end of the line"), .place = end};
    return line;
}

static void
line_hang(struct reader *reader, struct line *stack[LEVELS_MAX + 1], struct line *line)
{
    int level = line->level;
    if (level >= LEVELS_MAX || stack[level] == NULL) {
        fault_add(reader, line->place, "Indent by four spaces under the line it belongs to.",
                  "this line stands below nothing.");
        return;
    }
    struct line *parent = stack[level];
    if (parent->last == NULL) {
        parent->first = line;
    } else {
        parent->last->next = line;
    }
    parent->last = line;
    stack[level + 1] = line;
    for (int i = level + 2; i <= LEVELS_MAX; i++) {
        stack[i] = NULL;
    }
}

struct line *
lines_read(struct reader *reader)
{
    if (!bytes_pass(reader)) {
        return NULL;
    }
    struct line *root = ARENA_NEW(reader->arena, struct line);
    struct line *stack[LEVELS_MAX + 1] = {root};
    struct cutter *cut = ARENA_NEW(reader->arena, struct cutter);
    cut->reader = reader;
    struct text rest = reader->files[reader->file].bytes;
    int level = 0;
    bool good = true;
    for (struct text physical; text_split(&rest, '\n', &physical);) {
        cut->number++;
        if (line_is_blank(physical)) {
            continue;
        }
        size_t spaces = 0;
        while (spaces < physical.len && physical.at[spaces] == ' ') {
            spaces++;
        }
        bool more = (cut->open > 0 && good) || (continues(physical) && (cut->count > 0 || !good));
        if (!more) {
            if (cut->count > 0 && good) {
                line_hang(reader, stack, line_close(cut, level));
            }
            cut->count = 0;
            cut->open = 0;
            good = true;
            level = (int)(spaces / INDENT);
        }
        cut->line = physical;
        cut->pos = spaces;
        if (!more && spaces % INDENT != 0) {
            fault_add(reader, place_at(cut, 0, spaces), NULL,
                      "this line is indented by %zu spaces; levels are four spaces each.", spaces);
            good = false;
        }
        good = good && cut_line(cut);
    }
    if (cut->count > 0 && good) {
        line_hang(reader, stack, line_close(cut, level));
    }
    return root;
}
