/* Papers: stored once by content below DATA/documents/xx/HASH, with their type read from their bytes.
 *
 * A paper is kept (document_keep: file and folder synced) before the transaction that names it, then recorded
 * (document_record) in that transaction. Never served inline. Owns document. What no draft and no act names any more is
 * given back by document_sweep(). Errors: ERR_INPUT when it is none of the types (its message for the form in
 * *ret_fault), ERR_TOO_LARGE, ERR_IO, ERR_DISK_FULL, and those of the store. */
#ifndef OFFICE_DOCUMENT_H
#define OFFICE_DOCUMENT_H

#include "base/ctx.h"
#include "base/encode.h"

#define FAULT_DOCUMENT_TYPE "fault.document_type" /* neither PDF, PNG, JPEG nor TIFF by its bytes */
#define FAULT_DOCUMENT_EMPTY "fault.document_empty"
#define FAULT_DOCUMENT_LARGE "fault.document_large"

struct stored_document {
    struct hash sha256;
    struct text media; /* "application/pdf", "image/png", "image/jpeg", "image/tiff" */
    int64_t size;      /* bytes */
};

/* The media type that the bytes show, or the text at NULL. A PDF begins with %PDF-1. or %PDF-2. and ends with %%EOF;
 * one that holds a zip's directory at its end is refused. head and tail are the first and last 1024 bytes, or all. */
struct text document_media(struct text head, struct text tail);
/* Moves a file of the quarantine into the documents of the data folder. Nothing of the database. */
const struct err *document_keep(struct arena *arena, struct text data_folder, struct text quarantine_path,
                                struct stored_document *ret, const char **ret_fault);
/* The same for bytes that the program made: an issued paper. */
const struct err *document_keep_bytes(struct arena *arena, struct text data_folder, struct text bytes,
                                      const char *media, struct stored_document *ret);
/* Path of a kept paper. */
struct text document_path(struct arena *arena, struct text data_folder, struct hash sha256);
const struct err *document_record(struct ctx *ctx, const struct stored_document *document);
const struct err *document_find(struct ctx *ctx, struct hash sha256, struct stored_document *ret, bool *ret_found);

/* Forgets papers stored before an instant that no draft, no act and no issued paper names: at most PAGE_ROWS_MAX at a
 * time. The files go after the commit, by document_remove(); one that stays behind a crash is found by the audit. */
const struct err *document_sweep(struct ctx *ctx, int64_t before_ms, struct hash **ret, size_t *ret_count);
const struct err *document_remove(struct arena *arena, struct text data_folder, struct hash sha256);

#endif
