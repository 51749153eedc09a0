/* Every bound of the program, with its unit and its reason, in one place.
 * Test builds may shrink them (-DMARKAZ_SMALL_LIMITS) to give bugs a chance; the static asserts keep their relations.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#include <assert.h>

enum {
    /* A request's memory: a page of 200 rows needs about 1 MiB, a form of 8 MiB its own size twice. */
    ARENA_BYTES_MAX = 64 * 1024 * 1024,
    /* Of a request over HTTP: a batch of TICKET_LINES_MAX lines in disorder, with conflicts, needs about 90 MiB. */
    REQUEST_BYTES_MAX = 2 * ARENA_BYTES_MAX,
    ARENA_BLOCK_BYTES = 64 * 1024,
    /* Corpora kept in memory beside the one in force, for dossiers filed under them: one a year for as long as a
     * dossier is open, and its appeals. */
    CORPORA_MAX = 8,
    /* The arena of one of them; it takes about 30 MiB with its editions. */
    CORPUS_ARENA_BYTES_MAX = 256 * 1024 * 1024,

    /* One form or JSON body; documents are streamed to disk and have their own limit. */
    BODY_BYTES_MAX = 8 * 1024 * 1024,
    /* One uploaded document: a scanned contract of 100 pages stays under it. */
    DOCUMENT_BYTES_MAX = 32 * 1024 * 1024,
    /* Fields of one form: the longest dossier has about 80. */
    FORM_FIELDS_MAX = 512,
    HEADERS_BYTES_MAX = 16 * 1024,
    URL_BYTES_MAX = 4096,
    /* Head of one part of a multipart body: a field's name and a file's name. */
    PART_HEAD_BYTES_MAX = 4096,
    /* All documents sent with one form. */
    UPLOAD_BYTES_MAX = 96 * 1024 * 1024,
    /* Documents of one form. */
    UPLOADS_MAX = 40,
    /* Connections at the same time: a busy day of the Centre has about 200. */
    CLIENTS_MAX = 512,
    /* Bytes a second below which a client holds a connection for nothing, after this many ms of grace. */
    CLIENT_BYTES_A_SECOND_MIN = 1024,
    CLIENT_GRACE_MS = 20000,
    /* A connection without a request. */
    CLIENT_IDLE_MS = 30000,
    /* Addresses whose rate is known at the same time; a power of two. */
    RATE_ADDRESSES_MAX = 4096,

    /* JSON: RFC 8259 lets a reader set its limits. Facts nest 4 deep; 32 leaves room and keeps the stack small. */
    JSON_DEPTH_MAX = 32,
    JSON_MEMBERS_MAX = 4096,
    JSON_BYTES_MAX = 8 * 1024 * 1024,
    /* Values of one JSON text, all levels together: "[1,1,1..." costs 72 bytes of arena for each two it sends. */
    JSON_VALUES_MAX = 256 * 1024,

    /* A tlog entry, c2sp.org/tlog-tiles: a big-endian uint16 length. */
    ENTRY_BYTES_MAX = 65535,

    /* Rows of one page of a list, and of one statement read into memory. */
    PAGE_ROWS_MAX = 200,
    STATEMENT_ROWS_MAX = 10000,

    /* Columns, and parameters, of one statement: the widest table has about 40. */
    STATEMENT_FIELDS_MAX = 64,
    /* Statements that one connection keeps prepared: all of the program's, with room; a power of two. */
    STATEMENTS_MAX = 2048,
    /* Read transactions at the same time: more than the threads that answer requests. */
    STORE_READERS_MAX = 16,
    /* Milliseconds to wait for a lock or a free reader before a person is told to come back. */
    STORE_BUSY_MS = 5000,
    /* Times a transaction is tried while the database is busy. */
    TX_TRIES_MAX = 3,
    /* Jobs in one commit, and jobs that wait: a batch is undone and redone as one; a job's savepoint costs memory. */
    WRITER_BATCH_MAX = 256,
    WRITER_QUEUE_MAX = 4096,

    /* Words of one text that the search index keeps: the longest law has about 30,000. */
    SEARCH_WORDS_MAX = 64 * 1024,

    /* A drawn PDF before its attachments: a letter of LETTER_PAGES_MAX pages takes less than 1 MiB. */
    SHEET_BYTES_MAX = 4 * 1024 * 1024,
    /* Structure elements of one PDF: a full page of short reasons has about 120. */
    SHEET_TAGS_MAX = 8192,
    /* Paragraphs kept shaped between measuring and drawing: a certificate has about 90. */
    SHEET_SETTINGS_MAX = 256,
    LETTER_PAGES_MAX = 50,
    /* The address in a QR code: more modules than this and a phone no longer reads 30 mm of paper. */
    QR_BYTES_MAX = 120,

    /* A ticket's screen, series, tariff and visa: real ones have 3 to 12 characters. Its point of sale and seat. */
    TICKET_CODE_BYTES_MAX = 32,
    TICKET_WORDS_BYTES_MAX = 64,
    /* Lines of one batch (TICKETS.md), and holes of series that one answer lists. */
    TICKET_LINES_MAX = 50000,
    TICKET_GAPS_MAX = 200,
    /* Bytes of one announcement of a programme: 20 films and 60 tariffs stay under it. */
    PROGRAMME_LINE_BYTES_MAX = 16 * 1024,
    /* Bodies of ticketing systems that wait for the writer: beyond, 429. Read, one takes about five times its size. */
    TICKET_QUEUE_BYTES_MAX = 24 * 1024 * 1024,
    /* Lines of one segment: a batch, or a screen's busy month once compacted. Bytes: 40 a line is already rare. */
    SEGMENT_ROWS_MAX = 50000,
    SEGMENT_BYTES_MAX = 16 * 1024 * 1024,
    /* Centimes: the dearest gala seat is far below 10,000 dirhams. */
    TICKET_PRICE_MAX = 1000000,

    /* Text typed by a person: a name, a line, a reason. Bytes of UTF-8. */
    NAME_BYTES_MAX = 400,
    LINE_BYTES_MAX = 2000,
    REASON_BYTES_MAX = 20000,

    /* An address of e-mail, RFC 5321. */
    EMAIL_BYTES_MAX = 254,
    /* A password, in characters: long enough not to need rules of composition, short enough to hash. */
    PASSWORD_LENGTH_MIN = 12,
    PASSWORD_LENGTH_MAX = 128,
    /* Argon2id, RFC 9106: one hash takes about 0.2 s and 64 MiB; so many at the same time, and so many that wait. */
    PASSWORD_MEMORY_BYTES = 64 * 1024 * 1024,
    PASSWORD_PASSES = 3,
    PASSWORD_HASHES_MAX = 2,
    PASSWORD_WAITERS_MAX = 8,
    /* Failures that cost nothing, and the longest wait after more of them: a person's slip is free, a guesser's list is
     * not, and nobody is locked out for longer than a quarter of an hour. */
    THROTTLE_FREE_ACCOUNT = 5,
    THROTTLE_FREE_ADDRESS = 20,
    THROTTLE_WAIT_MS_MAX = 15 * 60 * 1000,
    THROTTLE_FORGET_MS = 24 * 60 * 60 * 1000,
    /* A session: without a request, in all, and between password and second factor. */
    SESSION_IDLE_MS = 60 * 60 * 1000,
    SESSION_WHOLE_MS = 12 * 60 * 60 * 1000,
    SESSION_PENDING_MS = 10 * 60 * 1000,
    /* How often a session's last request is written down. */
    SESSION_TOUCH_MS = 60 * 1000,
    /* A signature is possible so long after the password or the code was given again. */
    STEP_UP_MS = 5 * 60 * 1000,
    SIGN_UP_MS = 24 * 60 * 60 * 1000,
    PASSWORD_RESET_MS = 30 * 60 * 1000,
    RECOVERY_CODES = 10,
};

static_assert(BODY_BYTES_MAX * 4 <= ARENA_BYTES_MAX, "a body, decoded and answered, fits the arena");
static_assert(DOCUMENT_BYTES_MAX <= UPLOAD_BYTES_MAX, "one document fits what a form may send");
static_assert((RATE_ADDRESSES_MAX & (RATE_ADDRESSES_MAX - 1)) == 0, "the table of addresses is indexed by a mask");
static_assert(JSON_BYTES_MAX <= BODY_BYTES_MAX, "a JSON body is a body");
static_assert(JSON_VALUES_MAX * 80 + JSON_BYTES_MAX * 2 <= ARENA_BYTES_MAX, "a JSON body, read, fits the arena");
static_assert(PAGE_ROWS_MAX <= STATEMENT_ROWS_MAX, "a page is one statement");
static_assert(WRITER_BATCH_MAX <= WRITER_QUEUE_MAX, "a batch comes from the queue");
static_assert(SESSION_TOUCH_MS * 10 <= SESSION_IDLE_MS, "a session in use does not look idle");
static_assert((STATEMENTS_MAX & (STATEMENTS_MAX - 1)) == 0, "the table of prepared statements is indexed by a mask");

#endif
