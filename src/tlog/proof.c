#include "tlog/proof.h"

#include "base/buf.h"

enum { PROOF_BYTES_MAX = 64 * 1024 };

struct text
proof_print(struct arena *arena, const struct proof *proof)
{
    struct buf buf = buf_new(arena, PROOF_BYTES_MAX);
    buf_printf(&buf, "c2sp.org/tlog-proof@v1\nindex %llu\n", (unsigned long long)proof->index);
    for (size_t i = 0; i < proof->path.count; i++) {
        buf_text(&buf, base64_encode(arena, proof->path.hashes[i].bytes, HASH_BYTES));
        buf_char(&buf, '\n');
    }
    buf_char(&buf, '\n');
    buf_text(&buf, proof->checkpoint);
    return buf_built(&buf);
}

const struct err *
proof_parse(struct arena *arena, struct text bytes, struct proof *ret)
{
    struct proof proof = {0};
    struct text rest = bytes;
    struct text line;
    if (bytes.len > PROOF_BYTES_MAX || !text_split(&rest, '\n', &line) || !text_is(line, "c2sp.org/tlog-proof@v1")) {
        return FAIL(arena, ERR_INPUT, "a proof begins with c2sp.org/tlog-proof@v1");
    }
    bool more = text_split(&rest, '\n', &line);
    if (more && text_starts(line, TEXT("extra "))) { /* data of an application, which ours has not */
        more = text_split(&rest, '\n', &line);
    }
    if (!more || !text_starts(line, TEXT("index ")) || !decimal_parse(text_after(line, 6), &proof.index)) {
        return FAIL(arena, ERR_INPUT, "a proof says the index of its entry");
    }
    while ((more = text_split(&rest, '\n', &line)) && line.len > 0) {
        if (proof.path.count == TREE_PROOF_MAX ||
            !hash_from_base64(arena, line, &proof.path.hashes[proof.path.count++])) {
            return FAIL(arena, ERR_INPUT, "line %zu of the path is no hash in base64", proof.path.count);
        }
    }
    if (!more || rest.at == NULL) {
        return FAIL(arena, ERR_INPUT, "a proof ends with a checkpoint");
    }
    proof.checkpoint = rest;
    *ret = proof;
    return NULL;
}

const struct err *
proof_check(struct arena *arena, const struct proof *proof, struct text entry, const struct note_key *key)
{
    struct note note;
    struct checkpoint checkpoint;
    TRY(note_parse(arena, proof->checkpoint, &note));
    TRY(checkpoint_parse(arena, note.text, &checkpoint));
    if (!text_equal(checkpoint.origin, key->name)) {
        return FAIL(arena, ERR_INPUT, "the checkpoint is of another log: %.*s", TEXT_ARG(checkpoint.origin));
    }
    if (!note_verify(arena, &note, key, NULL)) {
        return FAIL(arena, ERR_INPUT, "the checkpoint does not bear the signature of the log");
    }
    if (!tree_inclusion_check(&proof->path, proof->index, checkpoint.size, tree_leaf(entry), checkpoint.root)) {
        return FAIL(arena, ERR_INPUT, "the entry and the path do not lead to the root");
    }
    return NULL;
}
