#include "acts/corpus.h"

#include "acts/corpus.sql.h"
#include "base/limits.h"

static act_apply apply_adopted;
static act_apply apply_set;
static act_apply apply_repealed;

const struct act_kind corpus_kinds[] = {
    {.name = "corpus_adopted", .version = 1, .apply = apply_adopted},
    {.name = "parameter_set", .version = 1, .apply = apply_set},
    {.name = "parameter_repealed", .version = 1, .apply = apply_repealed},
    {0},
};
/* corpus_file is evidence, not a projection: the bytes are nowhere else. */
const struct act_projection corpus_projections[] = {
    {.table = "corpus"},
    {.table = "corpus_path"},
    {.table = "setting"},
    {0},
};

static const struct err *files_keep(struct ctx *ctx, const struct law *law, struct json_out *out);
static const struct err *parameter_check(struct ctx *ctx, const struct parameter_draft *draft);
static const struct err *member(struct ctx *ctx, const struct act *act, const char *name, struct text *ret);
static const struct err *day(struct ctx *ctx, const struct act *act, const char *name, struct date *ret);
static const struct err *append(struct ctx *ctx, const char *kind, struct text body, struct act *ret);

const struct err *
corpus_adopt(struct ctx *ctx, const struct law *law, struct text source, struct act *ret)
{
    const struct text root = hash_to_hex(ctx->arena, law_root(law));
    struct corpus known;
    bool found = false;
    TRY(corpus_in_force(ctx, &known, &found));
    if (found && text_equal(known.root, root)) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "this corpus is in force since act %lld", (long long)known.act.value);
    }
    if (source.len == 0 || source.len > LINE_BYTES_MAX) {
        return FAIL(ctx->arena, ERR_INPUT, "a corpus is adopted with its source, in at most %d bytes", LINE_BYTES_MAX);
    }
    struct buf buf = buf_new(ctx->arena, JSON_BYTES_MAX);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    json_member_text(&out, "root", root);
    json_member_text(&out, "source", source);
    TRY(files_keep(ctx, law, &out));
    json_close_object(&out);
    return append(ctx, "corpus_adopted", buf_built(&buf), ret);
}

const struct err *
corpus_in_force(struct ctx *ctx, struct corpus *ret, bool *ret_found)
{
    struct corpus_last_row row;
    TRY(corpus_last(ctx, &row, ret_found));
    if (*ret_found) {
        *ret = (struct corpus){row.act, row.root, row.adopted_on, row.source};
    }
    return NULL;
}

const struct err *
corpus_list(struct ctx *ctx, struct corpus **ret, size_t *ret_count)
{
    struct corpus_rows_rows rows;
    TRY(corpus_rows(ctx, &rows));
    *ret = ARENA_ARRAY(ctx->arena, struct corpus, rows.count);
    *ret_count = rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        const struct corpus_rows_row *row = &rows.items[i];
        (*ret)[i] = (struct corpus){row->act, row->root, row->adopted_on, row->source};
    }
    return NULL;
}

const struct err *
corpus_load(struct ctx *ctx, struct arena *arena, struct text root, struct law **ret)
{
    struct law_file *files = NULL;
    size_t count = 0;
    TRY(corpus_files(ctx, root, &files, &count));
    for (size_t i = 0; i < count; i++) { /* the law keeps the texts, for as long as its arena */
        if (!hash_equal(hash_of_text(files[i].bytes), files[i].sha256)) {
            return FAIL(ctx->arena, ERR_TAMPERED, "%.*s is not the file that was adopted", TEXT_ARG(files[i].path));
        }
        files[i].path = text_copy(arena, files[i].path);
        files[i].bytes = text_copy(arena, files[i].bytes);
    }
    struct law_faults faults = {0};
    const struct err *err = law_read(arena, files, count, ret, &faults);
    if (err != NULL) {
        return FAIL_BY(ctx->arena, err, ERR_LAW, "the corpus %.*s is not read by this version: %zu faults",
                       TEXT_ARG(root), faults.count);
    }
    if (!text_equal(hash_to_hex(ctx->arena, law_root(*ret)), root)) {
        return FAIL(ctx->arena, ERR_TAMPERED, "the files are not those of corpus %.*s", TEXT_ARG(root));
    }
    return NULL;
}

const struct err *
corpus_files(struct ctx *ctx, struct text root, struct law_file **ret, size_t *ret_count)
{
    struct corpus_file_rows_rows rows;
    TRY(corpus_file_rows(ctx, root, &rows));
    if (rows.count == 0) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "no corpus %.*s was adopted", TEXT_ARG(root));
    }
    *ret = ARENA_ARRAY(ctx->arena, struct law_file, rows.count);
    *ret_count = rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        const struct corpus_file_rows_row *row = &rows.items[i];
        (*ret)[i] = (struct law_file){.path = row->path, .bytes = row->bytes, .sha256 = row->sha256};
    }
    return NULL;
}

const struct err *
parameter_set(struct ctx *ctx, const struct parameter_draft *draft, struct act *ret)
{
    TRY(parameter_check(ctx, draft));
    struct buf buf = buf_new(ctx->arena, (size_t)LINE_BYTES_MAX * 16);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    json_member_text(&out, "name", draft->name);
    json_member_text(&out, "literal", draft->literal);
    json_member_text(&out, "from", date_to_text(ctx->arena, draft->from));
    if (!date_is_none(draft->until)) {
        json_member_text(&out, "until", date_to_text(ctx->arena, draft->until));
    }
    json_member_text(&out, "source", draft->source);
    json_close_object(&out);
    return append(ctx, "parameter_set", buf_built(&buf), ret);
}

const struct err *
parameter_repeal(struct ctx *ctx, struct act_id setting, struct text reason, struct act *ret)
{
    struct setting_row_row row;
    bool found = false;
    TRY(setting_row(ctx, setting, &row, &found));
    if (!found) {
        return FAIL(ctx->arena, ERR_NOT_FOUND, "act %lld set no parameter", (long long)setting.value);
    }
    if (row.repealed_act.value != 0) {
        return FAIL(ctx->arena, ERR_WRONG_STATE, "act %lld repealed it already", (long long)row.repealed_act.value);
    }
    if (reason.len == 0 || reason.len > LINE_BYTES_MAX) {
        return FAIL(ctx->arena, ERR_INPUT, "a repeal has its reason, in at most %d bytes", LINE_BYTES_MAX);
    }
    struct buf buf = buf_new(ctx->arena, (size_t)LINE_BYTES_MAX * 16);
    struct json_out out = json_out(&buf);
    json_open_object(&out);
    json_member_int(&out, "setting", setting.value);
    json_member_text(&out, "name", row.name);
    json_member_text(&out, "reason", reason);
    json_close_object(&out);
    return append(ctx, "parameter_repealed", buf_built(&buf), ret);
}

const struct err *
parameter_settings(struct ctx *ctx, struct law_setting **ret, size_t *ret_count)
{
    struct setting_rows_rows rows;
    TRY(setting_rows(ctx, &rows));
    *ret = ARENA_ARRAY(ctx->arena, struct law_setting, rows.count);
    *ret_count = rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        const struct setting_rows_row *row = &rows.items[i];
        (*ret)[i] = (struct law_setting){row->name, row->literal, row->from_day, row->until_day};
    }
    return NULL;
}

bool
parameter_is_known(struct arena *arena, const struct law *law, struct text name)
{
    size_t count = 0;
    const struct norm *norms = law_norms(law, &count);
    for (size_t i = 0; i < count; i++) {
        if (text_equal(norms[i].parameter, name)) {
            return true;
        }
    }
    const struct law_check *checks = law_checks(arena, law, DATE_NONE, &count);
    for (size_t i = 0; i < count; i++) {
        for (size_t p = 0; p < checks[i].parameters_count; p++) {
            if (text_equal(checks[i].parameters[p], name)) {
                return true;
            }
        }
    }
    return false;
}

/* Keeps the bytes and writes the list of files into the body. */
static const struct err *
files_keep(struct ctx *ctx, const struct law *law, struct json_out *out)
{
    size_t count = 0;
    const struct law_file *files = law_files(law, &count);
    json_put_name(out, TEXT("files"));
    json_open_array(out);
    for (size_t i = 0; i < count; i++) {
        TRY(corpus_file_insert(ctx, files[i].sha256, files[i].bytes));
        json_open_object(out);
        json_member_text(out, "path", files[i].path);
        json_member_text(out, "sha256", hash_to_hex(ctx->arena, files[i].sha256));
        json_close_object(out);
    }
    json_close_array(out);
    return NULL;
}

static const struct err *
parameter_check(struct ctx *ctx, const struct parameter_draft *draft)
{
    if (ctx->law == NULL || !parameter_is_known(ctx->arena, ctx->law, draft->name)) {
        return FAIL(ctx->arena, ERR_INPUT, "the corpus has no parameter %.*s", TEXT_ARG(draft->name));
    }
    if (date_is_none(draft->from) || (!date_is_none(draft->until) && date_compare(draft->until, draft->from) < 0)) {
        return FAIL(ctx->arena, ERR_INPUT, "a value has a first day, and no last day before it");
    }
    if (draft->literal.len == 0 || draft->literal.len > LINE_BYTES_MAX || draft->source.len == 0 ||
        draft->source.len > LINE_BYTES_MAX) {
        return FAIL(ctx->arena, ERR_INPUT, "a value has a literal and a source");
    }
    return NULL;
}

static const struct err *
apply_adopted(struct ctx *ctx, const struct act *act)
{
    struct corpus_insert_in row = {.act = act->id, .adopted_on = act->day};
    TRY(member(ctx, act, "root", &row.root));
    TRY(member(ctx, act, "source", &row.source));
    TRY(corpus_insert(ctx, &row));
    const struct json *files = json_get(act->data, "files");
    for (size_t i = 0; files != NULL && files->type == JSON_ARRAY && i < files->count; i++) {
        struct corpus_path_insert_in file = {.root = row.root};
        struct text hex;
        if (!json_text(json_get(&files->items[i], "path"), &file.path) ||
            !json_text(json_get(&files->items[i], "sha256"), &hex) || !hash_from_hex(hex, &file.sha256)) {
            return FAIL(ctx->arena, ERR_TAMPERED, "act %lld names a file badly", (long long)act->id.value);
        }
        TRY(corpus_path_insert(ctx, &file));
    }
    return NULL;
}

static const struct err *
apply_set(struct ctx *ctx, const struct act *act)
{
    struct setting_insert_in row = {.act = act->id, .until_day = DATE_NONE};
    TRY(member(ctx, act, "name", &row.name));
    TRY(member(ctx, act, "literal", &row.literal));
    TRY(member(ctx, act, "source", &row.source));
    TRY(day(ctx, act, "from", &row.from_day));
    if (json_get(act->data, "until") != NULL) {
        TRY(day(ctx, act, "until", &row.until_day));
    }
    return setting_insert(ctx, &row);
}

static const struct err *
apply_repealed(struct ctx *ctx, const struct act *act)
{
    struct act_id setting = {0};
    if (!json_int64(json_get(act->data, "setting"), &setting.value)) {
        return FAIL(ctx->arena, ERR_TAMPERED, "act %lld repeals nothing", (long long)act->id.value);
    }
    int64_t changed = 0;
    return setting_set_repealed(ctx, setting, act->id, &changed);
}

static const struct err *
member(struct ctx *ctx, const struct act *act, const char *name, struct text *ret)
{
    return json_text(json_get(act->data, name), ret)
               ? NULL
               : FAIL(ctx->arena, ERR_TAMPERED, "act %lld lacks %s", (long long)act->id.value, name);
}

static const struct err *
day(struct ctx *ctx, const struct act *act, const char *name, struct date *ret)
{
    struct text text;
    TRY(member(ctx, act, name, &text));
    return date_from_text(text, ret)
               ? NULL
               : FAIL(ctx->arena, ERR_TAMPERED, "act %lld: %s is no day", (long long)act->id.value, name);
}

static const struct err *
append(struct ctx *ctx, const char *kind, struct text body, struct act *ret)
{
    const struct act_draft draft = {.kind = text_of(kind), .body = body};
    return act_append(ctx, &draft, ret);
}
