#include "app/demo_accounts.h"

#include "app/files.h"

enum { FILE_BYTES_MAX = 256 * 1024, ACCOUNTS_MAX = 200 };

static const char *path_of(struct arena *arena, const char *data);
static bool read_line(struct arena *arena, struct text line, struct web_demo_account *ret);

const struct err *
demo_accounts_read(struct arena *arena, const char *data, struct web_demo_account **ret, size_t *ret_count)
{
    *ret = ARENA_ARRAY(arena, struct web_demo_account, ACCOUNTS_MAX);
    *ret_count = 0;
    const char *path = path_of(arena, data);
    if (!file_exists(path)) {
        return NULL;
    }
    struct text rest;
    struct text line;
    TRY(file_read(arena, path, FILE_BYTES_MAX, &rest));
    while (rest.len > 0 && text_split(&rest, '\n', &line)) {
        if (line.len == 0) {
            continue;
        }
        if (*ret_count == ACCOUNTS_MAX || !read_line(arena, line, &(*ret)[*ret_count])) {
            return FAIL(arena, ERR_INPUT, "%s: line %zu is not understood", path, *ret_count + 1);
        }
        (*ret_count)++;
    }
    return NULL;
}

const struct err *
demo_accounts_write(struct arena *arena, const char *data, const struct web_demo_account *accounts, size_t count)
{
    struct buf buf = buf_new(arena, FILE_BYTES_MAX);
    for (size_t i = 0; i < count; i++) {
        const struct web_demo_account *account = &accounts[i];
        const struct text secret = hex_encode(arena, account->totp_secret.at, account->totp_secret.len);
        buf_printf(&buf, "%.*s\t%.*s\t%.*s\t%.*s\n", TEXT_ARG(account->email), TEXT_ARG(account->password),
                   TEXT_ARG(account->role), TEXT_ARG(secret));
    }
    return file_write(arena, path_of(arena, data), buf_built(&buf));
}

static const char *
path_of(struct arena *arena, const char *data)
{
    return text_printf(arena, "%s/demo-accounts.tsv", data).at;
}

static bool
read_line(struct arena *arena, struct text line, struct web_demo_account *ret)
{
    struct text secret = {0};
    *ret = (struct web_demo_account){0};
    return text_split(&line, '\t', &ret->email) && text_split(&line, '\t', &ret->password) &&
           text_split(&line, '\t', &ret->role) && text_split(&line, '\t', &secret) && line.at == NULL &&
           ret->email.len > 0 && hex_decode(arena, text_trim(secret), &ret->totp_secret);
}
